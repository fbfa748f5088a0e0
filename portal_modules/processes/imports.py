"""Processes from files."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from portal_modules.core.importing.kinds import Column, ImportKind, Load, Part, bare, imports
from portal_modules.core.models import Company

from .loading import Loading

_SAID = ("kind", "phase", "title", "opened_on", "phase_since", "state", "closed_on", "person")


@imports.kind
class ProcessesFromFile(ImportKind):
    """A line is a process of a customer that is there."""

    name = "processes"
    label = _("Processes")
    summary = _("A line is a process of a customer that you have already.")
    right = "processes.edit"
    icon = "folder-open-inverse"
    register = "processes_process_modeladmin_index"
    chunk_size = 50
    can_tell = True
    needs = (frozenset({"number", "registry_number"}),)
    needs_for_new = (frozenset({"customer_tax_id", "customer_reference"}), frozenset({"kind"}))
    columns = (
        Column(
            "number",
            _("Number for the lookup"),
            (
                *("numero", "number", "numero de consulta", "numero do processo", "numero del tramite"),
                *("numero de proceso", "lookup number", "codigo do processo", "referencia externa"),
                *("external reference", "processo", "expediente", "numero de expediente"),
            ),
            ("OLD-2024-001", ""),
            _("The number by which customers know it. Left empty, a new one is drawn."),
        ),
        Column(
            "registry_number",
            _("Number at the registry"),
            (
                "numero do registo",
                "numero do registro",
                "numero de registro",
                "registo",
                "registro",
                "registry",
            ),
            ("IRN-22123/2026", "IRN-22124/2026"),
            _("A process that has one of the two numbers already is changed, not opened again."),
        ),
        Column(
            "customer_tax_id",
            _("Tax id of the customer"),
            (
                *("nif", "cif", "cpf", "cnpj", "cpf cnpj", "rut", "tax id", "contribuinte", "nif do cliente"),
                *("documento do cliente", "rut del cliente", "identificacao fiscal", "identificacion fiscal"),
            ),
            ("501964843", "501964843"),
            _("In any way of writing it. The customer has to be there already."),
        ),
        Column(
            "customer_reference",
            _("Own number of the customer"),
            ("codigo do cliente", "codigo del cliente", "customer code", "customer number", "cliente id"),
            ("C-001", ""),
            _("Its number in another program, as you imported it with the customers."),
        ),
        Column(
            "country",
            _("Country of the tax id"),
            ("pais",),
            ("PT", "PT"),
            _("BR, PT, ES or CL. Left out, it is your company's."),
        ),
        Column(
            "kind",
            _("Kind"),
            ("tipo", "kind", "tipo de processo", "tipo de proceso", "tipo de tramite", "servico", "servicio"),
            ("Citizenship", "Citizenship"),
            _("Its name in any language, as in your catalogue of kinds."),
        ),
        Column(
            "phase",
            _("Phase"),
            ("fase", "phase", "etapa", "estagio"),
            ("Registry", ""),
            _("Its name in any language. Left out, a new process begins in the first phase of its kind."),
        ),
        Column(
            "phase_since",
            _("In this phase since"),
            ("fase desde", "desde", "data da fase", "fecha de la fase", "since"),
            ("2026-05-12", ""),
            _("A day, such as 2026-05-12 or 12/05/2026."),
        ),
        Column(
            "title",
            _("About"),
            ("assunto", "asunto", "titulo", "title", "about", "descricao"),
            ("", ""),
            _("A few words that tell it from the customer's others."),
        ),
        Column(
            "opened_on",
            _("Opened on"),
            ("data de abertura", "aberto em", "abertura", "fecha de apertura", "apertura", "opened"),
            ("2026-03-02", "02/03/2026"),
            _("A day, such as 2026-05-12 or 12/05/2026."),
        ),
        Column(
            "state",
            _("State"),
            ("estado", "situacao", "situacion", "status", "state"),
            ("open", "closed"),
            _("open, closed or cancelled."),
        ),
        Column(
            "closed_on",
            _("Closed on"),
            ("data de encerramento", "encerrado em", "fecha de cierre", "cierre", "closed"),
            ("", "2026-08-31"),
            _("A day, such as 2026-05-12 or 12/05/2026."),
        ),
        Column(
            "person",
            _("E-mail of the person in charge"),
            ("responsavel", "responsable", "person in charge", "encargado", "gestor"),
            ("", ""),
            _("Somebody who works in this company."),
        ),
    )

    def parts(self, company: Company, values: Mapping[str, str]) -> list[Part | None]:
        """The process, by its number for the lookup, else by the registry's and the customer."""
        if number := bare(values.get("number", "")):
            key = f"n:{number}"
        elif registry_number := values.get("registry_number", ""):
            customer = bare(values.get("customer_tax_id", "") or values.get("customer_reference", ""))
            key = f"r:{registry_number}:{customer.replace(' ', '')}"
        else:
            return [None]
        return [(key, tuple(values.get(name, "") for name in _SAID))]

    def load(self, load: Load) -> None:
        """Each line through the actions."""
        Loading(load).run()
