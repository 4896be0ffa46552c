"""What each organisation name says: one row per distinct name in the link scope and organisation in it."""

import pyarrow as pa

from dbt_project.linkage.organisations import OrganisationNames, split_names


def model(dbt, session):
    """Return name, organisation_key, tokens (space-separated, strongest parts of the name) and is_listed."""
    dbt.config(materialized="table")
    surnames = dbt.ref("surnames").project("surname").fetchall()
    reader = OrganisationNames(
        dbt.ref("organisation_names").project("name, organisation_id").fetchall(),
        dbt.ref("organisation_word_terms").project("term, token").fetchall(),
        dict(dbt.ref("pinyin").project('"character", pinyin').fetchall()),
        [surname for (surname,) in surnames],
    )
    names = dbt.ref("int_linkage_names").project("name").distinct().order("name").fetchall()
    rows = {
        (name, organisation.key): organisation
        for (name,) in names
        for organisation in map(reader.read, split_names(name))
        if organisation.key
    }
    return pa.table(
        {
            "name": pa.array([name for name, _ in rows], pa.string()),
            "organisation_key": pa.array([key for _, key in rows], pa.string()),
            "tokens": pa.array([" ".join(organisation.tokens) for organisation in rows.values()], pa.string()),
            "is_listed": pa.array([organisation.is_listed for organisation in rows.values()], pa.bool_()),
        }
    )
