"""Saying in a PDF that it is a Factur-X: which attached file is the invoice for programs, and how much it tells.

The norm asks for four properties in the file's metadata, and PDF/A for a description of them (Factur-X 1.0, chapter 6).
Typst writes neither, so the metadata are written anew behind the file, as ISO 32000-1, 7.5.6 has it: what was there
stays where it was, and one object is replaced.
"""

from __future__ import annotations

import re
from typing import Final

from .cii import LEVEL, NAME

_SPACE: Final = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
_PROPERTIES: Final = {
    "DocumentType": ("INVOICE", "INVOICE"),
    "DocumentFileName": (NAME, "name of the embedded XML invoice file"),
    "Version": ("1.0", "The actual version of the Factur-X XML schema"),
    "ConformanceLevel": (LEVEL, "The conformance level of the embedded Factur-X data"),
}
_SAID: Final = "".join(
    [
        f'<rdf:Description rdf:about="" xmlns:fx="{_SPACE}">',
        *(f"<fx:{name}>{value}</fx:{name}>" for name, (value, _about) in _PROPERTIES.items()),
        "</rdf:Description>",
    ]
).encode()
_DESCRIBED: Final = "".join(
    [
        '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>',
        f"<pdfaSchema:namespaceURI>{_SPACE}</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix>",
        "<pdfaSchema:property><rdf:Seq>",
        *(
            '<rdf:li rdf:parseType="Resource"><pdfaProperty:category>external</pdfaProperty:category>'
            f"<pdfaProperty:description>{about}</pdfaProperty:description>"
            f"<pdfaProperty:name>{name}</pdfaProperty:name>"
            "<pdfaProperty:valueType>Text</pdfaProperty:valueType></rdf:li>"
            for name, (_value, about) in _PROPERTIES.items()
        ),
        "</rdf:Seq></pdfaSchema:property></rdf:li>",
    ]
).encode()
_END_OF_SCHEMAS: Final = b"</rdf:Bag></pdfaExtension:schemas>"
_END: Final = b"</rdf:RDF>"
_STARTXREF: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_TABLE: Final = re.compile(rb"xref\n0 \d+\n")
_ENTRY: Final = 20  # bytes of a row of the table
_TRAILER: Final = re.compile(rb"trailer\n<<(.*/Root (\d+) 0 R.*)>>\nstartxref", re.DOTALL)
_METADATA: Final = re.compile(rb"/Metadata (\d+) 0 R")
_PACKET: Final = re.compile(rb"\d+ 0 obj\n<</Length (\d+)/Type/Metadata/Subtype/XML>>\nstream\n")


def said_to_be_facturx(pdf: bytes) -> bytes:
    """The same PDF, whose metadata say so. Raises ValueError for a file that is not built as Typst builds it."""
    table = int(_found(_STARTXREF, pdf, max(0, len(pdf) - 64), search=True)[1])
    rows = _found(_TABLE, pdf, table).end()
    trailer = _found(_TRAILER, pdf, rows, search=True)
    catalog = _place(pdf, rows, int(trailer[2]))
    number = int(_found(_METADATA, pdf, catalog, search=True)[1])
    packet = _found(_PACKET, pdf, _place(pdf, rows, number))
    written = _told(pdf[packet.end() : packet.end() + int(packet[1])])
    replaced = b"%d 0 obj\n<</Length %d/Type/Metadata/Subtype/XML>>\nstream\n%s\nendstream\nendobj\n" % (
        number,
        len(written),
        written,
    )
    at = len(pdf) + 1
    end = (
        b"xref\n0 1\n0000000000 65535 f\r\n%d 1\n%010d 00000 n\r\ntrailer\n<<%s/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
        % (
            number,
            at,
            trailer[1],
            table,
            at + len(replaced),
        )
    )
    return b"".join([pdf, b"\n", replaced, end])


def _told(packet: bytes) -> bytes:
    if packet.count(_END) != 1 or packet.count(_END_OF_SCHEMAS) != 1:
        raise ValueError("The metadata have another shape.")
    packet = packet.replace(_END_OF_SCHEMAS, _DESCRIBED + _END_OF_SCHEMAS)
    return packet.replace(_END, _SAID + _END)


def _place(pdf: bytes, rows: int, number: int) -> int:
    """Where an object begins, by the table."""
    at = rows + _ENTRY * number
    return int(pdf[at : at + 10])


def _found(pattern: re.Pattern[bytes], pdf: bytes, place: int, *, search: bool = False) -> re.Match[bytes]:
    found = pattern.search(pdf, place) if search else pattern.match(pdf, place)
    if found is None:
        raise ValueError("The PDF has another shape.")
    return found
