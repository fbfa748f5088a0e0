"""DANFE and DANFSe: the prints of Brazil's fiscal notes, drawn from the XML that was kept."""

from __future__ import annotations

import logging
from typing import Final
from xml.etree.ElementTree import tostring

from brazilfiscalreport.danfe import Danfe, DanfeConfig
from brazilfiscalreport.danfse import Danfse, DanfseConfig
from django.utils.translation import gettext_lazy as _

from .exceptions import FiscalFileRefused
from .fiscal_xml import NFE, NFSE, read_fiscal_xml
from .safe_xml import read_xml

log = logging.getLogger(__name__)

PRINTED: Final = frozenset({NFE, NFSE})


def fiscal_print(data: bytes, *, is_cancelled: bool = False) -> bytes:
    """The PDF of a note's XML. Raises `FiscalFileRefused` where there is none to draw."""
    facts = read_fiscal_xml(data)
    if facts.kind not in PRINTED or facts.is_cancellation:
        raise FiscalFileRefused(_("There is no print for this kind of note. Please take its XML."))
    cancelled = is_cancelled or facts.is_cancelled
    try:
        # Whatever its encoding was: the library takes text.
        text = tostring(read_xml(data), encoding="unicode")
        made = (
            Danfe(xml=text, config=DanfeConfig(watermark_cancelled=cancelled))
            if facts.kind == NFE
            else Danfse(xml=text, config=DanfseConfig(watermark_cancelled=cancelled))
        )
        return bytes(made.output())
    except Exception:
        # A stranger's file may lack anything that the library takes for granted; the XML is what counts.
        log.warning("No print of a fiscal note of kind %s.", facts.kind, exc_info=True)
        raise FiscalFileRefused(_("This note cannot be printed. Please take its XML.")) from None
