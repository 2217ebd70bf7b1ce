"""Parts that several steps of the database share. A released step must stay as it is, to the letter: so must these."""


def kept_for_good(table: str, columns: str, recommendations: str) -> str:
    """Triggers by which the decisions in `table` stay as they are: no row goes, none is replaced, none of `columns` changes.

    Only a note may go blank, once a review has been erased to which one of `recommendations` (columns) belongs.
    """
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns.split())
    about = f"IN ({recommendations})" if "," in recommendations else f"= {recommendations}"
    return f"""
CREATE TRIGGER {table}_stay BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, 'decisions are never deleted'); END;
CREATE TRIGGER {table}_are_not_replaced BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'decisions are never replaced'); END;
CREATE TRIGGER {table}_do_not_change BEFORE UPDATE ON {table}
WHEN {changed} OR NEW.note <> '[erased]'
    OR NOT EXISTS (SELECT 1 FROM recommendations JOIN erasures USING (review_id) WHERE id {about})
BEGIN SELECT RAISE(ABORT, 'decisions never change'); END;
"""


def scored_pairs(table: str) -> str:
    """A table of pairs of recommendations with their score and the words that tell it, the smaller identifier first."""
    return f"""CREATE TABLE {table} (
    a TEXT NOT NULL REFERENCES recommendations (id), b TEXT NOT NULL REFERENCES recommendations (id),
    score REAL NOT NULL, similarity REAL NOT NULL,
    shared TEXT NOT NULL CHECK (json_valid(shared)),
    only_a TEXT NOT NULL CHECK (json_valid(only_a)), only_b TEXT NOT NULL CHECK (json_valid(only_b)),
    PRIMARY KEY (a, b), CHECK (a < b)
) STRICT, WITHOUT ROWID;
CREATE INDEX {table}_by_b ON {table} (b);"""
