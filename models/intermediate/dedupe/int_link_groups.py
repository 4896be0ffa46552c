"""Groups of registrations that are one trial: one row per registration in the link scope."""

import pyarrow as pa

from dbt_project.linkage.components import Edge, group_registrations


def model(dbt, session):
    """Return registration_id and group_id (the alphabetically first registration of its group)."""
    dbt.config(materialized="table")
    registers = dict(
        dbt.ref("int_linkage_registrations").project("registration_id, register").order("registration_id").fetchall()
    )
    decisions = dbt.ref("int_link_decisions")
    edges = [
        Edge(a, b, score, is_identity, priority)
        for a, b, score, is_identity, priority in decisions.filter("decision = 'same'")
        .project("registration_id_a, registration_id_b, score, is_identity, priority")
        .fetchall()
    ]
    apart = decisions.filter("is_kept_apart").project("registration_id_a, registration_id_b").fetchall()
    groups = group_registrations(registers, edges, apart)
    return pa.table({"registration_id": list(groups), "group_id": list(groups.values())})
