"""The steps that build the database, in order. A step that has been released is never edited: a later one follows it.

Each step is a name and SQL statements; `plan.schema` runs a step and records its name in one transaction.
"""

from plan.first_version import DECISION, FIRST
from plan.schema_parts import kept_for_good, scored_pairs

POSSIBLE_SCORES = """
-- How much a passage reads like a recommendation, between 0 and 1.
ALTER TABLE possible ADD COLUMN score REAL NOT NULL DEFAULT 0.5;
"""

SURENESS = f"""
-- How sure the person was, and whether the decision settles what reviewers said differently before it.
ALTER TABLE decisions ADD COLUMN sureness REAL NOT NULL DEFAULT 1 CHECK (sureness > 0 AND sureness <= 1);
ALTER TABLE decisions ADD COLUMN settles INTEGER NOT NULL DEFAULT 0 CHECK (settles IN (0, 1));
DROP TRIGGER decisions_stay;
DROP TRIGGER decisions_are_not_replaced;
DROP TRIGGER decisions_do_not_change;
{kept_for_good("decisions", f"{DECISION} sureness settles", "OLD.recommendation_id")}
"""

WORDS_OF_THE_INDEX = """
-- In how many texts a word stands: what nearly every text has tells little, and costs much to rank by.
CREATE VIRTUAL TABLE recommendations_terms USING fts5vocab ('recommendations_fts', 'row');
"""

NOT_COVERED = f"""
-- Actions of which a person said that they do not cover a recommendation. Accepting one is joining; that stands elsewhere.
CREATE TABLE not_covered (
    id INTEGER PRIMARY KEY,
    recommendation_id TEXT NOT NULL REFERENCES recommendations (id),
    action_id INTEGER NOT NULL REFERENCES actions (id),
    who TEXT NOT NULL CHECK (who <> ''), note TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
CREATE INDEX not_covered_by_recommendation ON not_covered (recommendation_id, action_id, id);
{kept_for_good("not_covered", "id recommendation_id action_id who at", "OLD.recommendation_id")}
"""

IMPORTS = """
-- Files of action plans that came in. agency: whose workbook of a round it is, '' for a plan; undone: when it was taken back.
CREATE TABLE imports (
    id INTEGER PRIMARY KEY AUTOINCREMENT, file TEXT NOT NULL, agency TEXT NOT NULL DEFAULT '', sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    who TEXT NOT NULL CHECK (who <> ''), at TEXT NOT NULL, undone TEXT, undone_by TEXT,
    CHECK ((undone IS NULL) = (undone_by IS NULL))
) STRICT;

-- What an import did to each action, so that it can be undone: its columns before (null where it was new) and after, the
-- progress notes and the letters that came with it.
CREATE TABLE import_changes (
    import_id INTEGER NOT NULL REFERENCES imports (id), action_id INTEGER NOT NULL REFERENCES actions (id),
    before TEXT CHECK (before IS NULL OR json_valid(before)), after TEXT NOT NULL CHECK (json_valid(after)),
    notes TEXT NOT NULL CHECK (json_valid(notes)), letters TEXT NOT NULL CHECK (json_valid(letters)),
    PRIMARY KEY (import_id, action_id)
) STRICT, WITHOUT ROWID;

-- Letters of reviews that an imported plan prints, whether or not the plan has a review of that letter.
CREATE TABLE action_letters (
    action_id INTEGER NOT NULL REFERENCES actions (id),
    letter TEXT NOT NULL CHECK (letter <> '' AND letter NOT GLOB '*[^A-Z]*'),
    PRIMARY KEY (action_id, letter)
) STRICT, WITHOUT ROWID;
CREATE INDEX action_letters_by_letter ON action_letters (letter);

-- released: the public may read the action as far as its reviews go; an imported one waits until somebody says that its
-- plan was published. undone: when its import was undone; its reference stays with it.
ALTER TABLE actions ADD COLUMN released INTEGER NOT NULL DEFAULT 1 CHECK (released IN (0, 1));
ALTER TABLE actions ADD COLUMN undone TEXT;

DROP VIEW composite_action_plan;
DROP VIEW action_review_links;
-- Which reviews an action answers: through its recommendations, named outright, or by the letter that a plan printed.
CREATE VIEW action_review_links AS
SELECT link.action_id AS action_id, r.review_id AS review_id
FROM action_recommendations AS link JOIN recommendations AS r ON r.id = link.recommendation_id
UNION
SELECT action_id, review_id FROM action_reviews
UNION
SELECT l.action_id, v.id FROM action_letters AS l JOIN reviews AS v ON v.letter = l.letter;

-- The letters under which an action is published: of reviews that are not withdrawn, and printed ones of no review here.
CREATE VIEW action_shown_letters AS
SELECT links.action_id AS action_id, v.letter AS letter
FROM action_review_links AS links JOIN reviews AS v ON v.id = links.review_id WHERE v.visibility <> 'withdrawn'
UNION
SELECT l.action_id, l.letter FROM action_letters AS l WHERE NOT EXISTS (SELECT 1 FROM reviews WHERE letter = l.letter);

CREATE VIEW composite_action_plan AS
SELECT a.ref AS "Ref",
    CASE WHEN l.letters IS NULL THEN CASE WHEN a.applies_to_all THEN 'All' ELSE '' END
         WHEN a.applies_to_all THEN l.letters || ' (and All)' ELSE l.letters END AS "Review refs",
    a.text AS "Action", a.lead_agency AS "Lead agency", coalesce(a.target_date, '') AS "Target date",
    a.progress AS "Progress"
FROM actions AS a
LEFT JOIN (
    SELECT action_id, group_concat(letter, ', ') AS letters FROM (
        SELECT action_id, letter FROM action_shown_letters ORDER BY action_id, length(letter), letter
    ) GROUP BY action_id
) AS l ON l.action_id = a.id
WHERE a.status NOT IN ('closed', 'superseded') AND a.undone IS NULL
ORDER BY a.quadrant_number, a.sequence;
"""

STATED = """
-- Open figures that a board stated for a day, as stated. A later statement stands in the place of an earlier, which stays.
CREATE TABLE stated_counts (
    statement INTEGER NOT NULL, day TEXT NOT NULL CHECK (day IS date(day)), dimension TEXT NOT NULL, code TEXT NOT NULL,
    unit TEXT NOT NULL CHECK (unit IN ('recommendations', 'actions')), open INTEGER NOT NULL CHECK (open >= 0),
    source TEXT NOT NULL CHECK (source <> ''), who TEXT NOT NULL CHECK (who <> ''), at TEXT NOT NULL,
    PRIMARY KEY (statement, code)
) STRICT;
CREATE INDEX stated_counts_by_day ON stated_counts (day, dimension, unit, statement);
CREATE TRIGGER stated_counts_stay BEFORE DELETE ON stated_counts
BEGIN SELECT RAISE(ABORT, 'what a board stated is never deleted'); END;
CREATE TRIGGER stated_counts_do_not_change BEFORE UPDATE ON stated_counts
BEGIN SELECT RAISE(ABORT, 'what a board stated never changes'); END;
"""

CARRIED = """
-- What people say of an action beyond its text. rag: how it goes, in words; recheck: the day on which an assured action is
-- looked at again; source: from what kind of review it came where it answers no recommendation ('' where it does).
ALTER TABLE actions ADD COLUMN rag TEXT NOT NULL DEFAULT '' CHECK (rag IN ('', 'red', 'amber', 'green'));
ALTER TABLE actions ADD COLUMN recheck TEXT CHECK (recheck IS NULL OR recheck IS date(recheck));
ALTER TABLE actions ADD COLUMN source TEXT NOT NULL DEFAULT '';
CREATE INDEX actions_by_recheck ON actions (recheck) WHERE recheck IS NOT NULL;
-- However an action leaves that status, the day goes: nobody is sent back to what is no longer assured.
CREATE TRIGGER only_the_assured_are_looked_at_again AFTER UPDATE OF status ON actions
WHEN NEW.status <> 'assured' AND NEW.recheck IS NOT NULL
BEGIN UPDATE actions SET recheck = NULL WHERE id = NEW.id; END;

-- Imports remember all columns of an action. Those that were made before can still be taken back.
UPDATE import_changes SET after = json_insert(after, '$.rag', '', '$.recheck', NULL, '$.source', ''),
    before = CASE WHEN before IS NULL THEN NULL
        ELSE json_insert(before, '$.rag', '', '$.recheck', NULL, '$.source', '') END;

CREATE TABLE action_standards (
    action_id INTEGER NOT NULL REFERENCES actions (id), standard TEXT NOT NULL CHECK (standard <> ''),
    PRIMARY KEY (action_id, standard)
) STRICT, WITHOUT ROWID;

-- What shows that an action was done: a link or the name of a file, and a few words on what it shows. Nothing of it goes;
-- what was wrong is struck out, with who, when and why.
CREATE TABLE action_evidence (
    id INTEGER PRIMARY KEY, action_id INTEGER NOT NULL REFERENCES actions (id),
    link TEXT NOT NULL CHECK (link <> ''), what TEXT NOT NULL CHECK (what <> ''),
    who TEXT NOT NULL CHECK (who <> ''), at TEXT NOT NULL,
    struck TEXT, struck_by TEXT, struck_why TEXT,
    CHECK ((struck IS NULL) = (struck_by IS NULL) AND (struck IS NULL) = (struck_why IS NULL))
) STRICT;
CREATE INDEX evidence_by_action ON action_evidence (action_id, id);
CREATE TRIGGER evidence_stays BEFORE DELETE ON action_evidence
BEGIN SELECT RAISE(ABORT, 'evidence is never deleted'); END;
CREATE TRIGGER evidence_is_not_replaced BEFORE INSERT ON action_evidence
WHEN EXISTS (SELECT 1 FROM action_evidence WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'evidence is never replaced'); END;
CREATE TRIGGER evidence_is_only_struck_out BEFORE UPDATE ON action_evidence
WHEN OLD.struck IS NOT NULL OR NEW.struck IS NULL OR NEW.id IS NOT OLD.id OR NEW.action_id IS NOT OLD.action_id
    OR NEW.link IS NOT OLD.link OR NEW.what IS NOT OLD.what OR NEW.who IS NOT OLD.who OR NEW.at IS NOT OLD.at
BEGIN SELECT RAISE(ABORT, 'evidence is only struck out, once'); END;
"""

ACCOUNTS = """
-- The people who sign in. The table of the first version was never written to.
DROP TABLE users;
CREATE TABLE users (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL CHECK (name <> '' AND name = trim(name)),
    role TEXT NOT NULL CHECK (role IN ('viewer', 'reviewer', 'lead', 'administrator')),
    password_hash TEXT NOT NULL, active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)), added TEXT NOT NULL
) STRICT;
-- Two names that look alike would be taken for one person.
CREATE UNIQUE INDEX users_by_name ON users (name COLLATE NOCASE);
CREATE TRIGGER users_stay BEFORE DELETE ON users
BEGIN SELECT RAISE(ABORT, 'a person who decided something is never deleted'); END;

-- Who is signed in. Only the hash of the word in the cookie is kept, so that a copy of the plan opens nothing.
CREATE TABLE sessions (
    word_hash TEXT PRIMARY KEY CHECK (length(word_hash) = 64), user_id INTEGER NOT NULL REFERENCES users (id),
    form_word TEXT NOT NULL, begun TEXT NOT NULL, seen TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_user ON sessions (user_id);

-- Words by which other programs read the plan, for a person who answers for them; kept as hashes too.
CREATE TABLE tokens (
    id INTEGER PRIMARY KEY, word_hash TEXT NOT NULL UNIQUE CHECK (length(word_hash) = 64),
    user_id INTEGER NOT NULL REFERENCES users (id), purpose TEXT NOT NULL CHECK (purpose <> ''),
    added TEXT NOT NULL, revoked TEXT
) STRICT;
"""

CHECKING = f"""
-- A decision that its maker took back: a slip of the finger, not another opinion. Both rows stay.
CREATE TABLE withdrawn_decisions (
    decision_id INTEGER PRIMARY KEY REFERENCES decisions (id), who TEXT NOT NULL CHECK (who <> ''), at TEXT NOT NULL
) STRICT;
CREATE TRIGGER withdrawn_decisions_stay BEFORE DELETE ON withdrawn_decisions
BEGIN SELECT RAISE(ABORT, 'what was taken back stays so'); END;
CREATE TRIGGER withdrawn_decisions_do_not_change BEFORE UPDATE ON withdrawn_decisions
BEGIN SELECT RAISE(ABORT, 'what was taken back stays so'); END;
CREATE VIEW standing_decisions AS
SELECT d.* FROM decisions AS d WHERE NOT EXISTS (SELECT 1 FROM withdrawn_decisions WHERE decision_id = d.id);

-- A reviewer who is unsure asks somebody else to look; it is answered by the next decision.
CREATE TABLE second_looks (
    id INTEGER PRIMARY KEY, recommendation_id TEXT NOT NULL REFERENCES recommendations (id),
    who TEXT NOT NULL CHECK (who <> ''), note TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
CREATE INDEX second_looks_by_recommendation ON second_looks (recommendation_id, id);
{kept_for_good("second_looks", "id recommendation_id who at", "OLD.recommendation_id")}

-- Files that the last run could not take, with the reason in a person's words; a file that is taken later goes from here.
CREATE TABLE refused_files (
    file TEXT PRIMARY KEY CHECK (file <> ''), reason TEXT NOT NULL, message TEXT NOT NULL, at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

DROP VIEW current_labels;
CREATE VIEW current_labels AS
SELECT r.id AS recommendation_id,
    coalesce(d.quadrant, s.quadrant) AS quadrant,
    CASE WHEN d.id IS NULL THEN s.secondary ELSE d.secondary END AS secondary,
    coalesce(d.issues, s.issues, '[]') AS issues,
    coalesce(d.areas, s.areas, '[]') AS areas,
    coalesce(d.standards, s.standards, '[]') AS standards,
    s.confidence AS confidence,
    CASE WHEN d.id IS NULL THEN coalesce(s.unsure, 1) ELSE 0 END AS unsure,
    d.id IS NOT NULL AS decided,
    coalesce(d.who, s.model) AS who,
    coalesce(d.at, s.at) AS at
FROM recommendations AS r
LEFT JOIN suggestions AS s ON s.id = (SELECT max(id) FROM suggestions WHERE recommendation_id = r.id)
LEFT JOIN decisions AS d ON d.id = (SELECT max(id) FROM standing_decisions WHERE recommendation_id = r.id);
"""

BY_HAND = """
-- What is printed, where a person has mended the words against the page; NULL: the words are as they were read.
ALTER TABLE recommendations ADD COLUMN printed TEXT;
-- Names of the particulars that a person has corrected (JSON): reading the review again leaves them.
ALTER TABLE reviews ADD COLUMN corrected TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(corrected));

-- Lists as people narrowed and sorted them, kept under a name of each person's own.
CREATE TABLE saved_views (
    id INTEGER PRIMARY KEY, who TEXT NOT NULL CHECK (who <> ''), name TEXT NOT NULL CHECK (name <> ''),
    address TEXT NOT NULL CHECK (address GLOB '/*'), added TEXT NOT NULL, UNIQUE (who, name)
) STRICT;
"""

REPEATS_DUE = """
-- Reviews that were entered or read again since near-repeats were last sought: a run that ends early leaves them to the next.
CREATE TABLE repeats_due (review_id INTEGER PRIMARY KEY REFERENCES reviews (id)) STRICT;
"""

COMPARED = f"""
-- What comparing recommendations with each other found, in groups or not, and under which mark (words, agencies, review, way of
-- comparing) each was compared with all others here: a run compares only those whose mark is not, or no longer, here.
CREATE TABLE compared (
    recommendation_id TEXT PRIMARY KEY REFERENCES recommendations (id), mark TEXT NOT NULL CHECK (mark <> '')
) STRICT, WITHOUT ROWID;
{scored_pairs("likenesses")}
-- Vectors of texts without names are of another model from now on.
DELETE FROM embeddings WHERE encoder GLOB '*-nameless';
"""

ADDRESSED_BY_HAND = """
-- Whom a recommendation addresses as it was read, where a person has corrected that: JSON, see `plan.inserts.packed_addressing`;
-- NULL: as it was read. Reading the review again leaves what a person said.
ALTER TABLE recommendations ADD COLUMN addressing_read TEXT CHECK (addressing_read IS NULL OR json_valid(addressing_read));
"""

VECTORS_OF_TEXTS = """
-- Vectors by which near-repeats are found are kept by the text as it stands, and no longer by what is left of it without names.
DELETE FROM embeddings WHERE encoder GLOB '*-tuned-*' AND encoder NOT GLOB '*-nameless-*';
"""

HEADING_NAMES = """
-- The body that the heading over a recommendation names, where the addressee is only what it is called for short ("The Trust").
ALTER TABLE recommendations ADD COLUMN heading_names TEXT;
"""

RUNS_OF_PEOPLE = """
-- Who began a run; '' where it began by itself, or before this was kept.
ALTER TABLE runs ADD COLUMN who TEXT NOT NULL DEFAULT '';
"""

DATED_STEPS = """
-- From which day an action stood so, which may be earlier than when it was entered: what is counted by dates rests on it.
ALTER TABLE action_history ADD COLUMN dated TEXT NOT NULL DEFAULT '';
UPDATE action_history AS h SET dated = (
    SELECT coalesce(
        CASE WHEN h.status IN ('closed', 'superseded') THEN (
            SELECT json_extract(e.after, '$.closed') FROM events AS e WHERE e.subject = 'action ' || a.ref AND e.at = h.at
            AND json_extract(e.after, '$.closed') IS NOT NULL LIMIT 1) END,
        CASE WHEN h.status IN ('open', 'in progress') THEN
            CASE WHEN NOT EXISTS (SELECT 1 FROM action_history AS b WHERE b.action_id = a.id AND b.id < h.id) THEN a.opened END
        WHEN NOT EXISTS (SELECT 1 FROM action_history AS n WHERE n.action_id = a.id AND n.id > h.id
            AND n.status IN ('open', 'in progress'))
        THEN CASE h.status WHEN 'complete' THEN a.completed WHEN 'assured' THEN a.assured ELSE a.closed END END,
        substr(h.at, 1, 10)
    ) FROM actions AS a WHERE a.id = h.action_id
);
"""

MIGRATIONS: tuple[tuple[str, str], ...] = (
    *FIRST,
    ("0009 scores of possible recommendations", POSSIBLE_SCORES),
    ("0010 how sure a decision is, and what it settles", SURENESS),
    ("0011 words of the search index", WORDS_OF_THE_INDEX),
    ("0012 what does not cover a recommendation", NOT_COVERED),
    ("0013 imported plans", IMPORTS),
    ("0014 what an action carries", CARRIED),
    ("0015 figures that a board stated", STATED),
    ("0016 accounts", ACCOUNTS),
    ("0017 checking labels, and files that were refused", CHECKING),
    ("0018 what people do by hand", BY_HAND),
    ("0019 reviews whose near-repeats are to be sought", REPEATS_DUE),
    ("0020 what comparing recommendations has found", COMPARED),
    ("0021 whom a recommendation addresses, by hand", ADDRESSED_BY_HAND),
    ("0022 vectors of texts as they stand", VECTORS_OF_TEXTS),
    ("0023 bodies that headings name", HEADING_NAMES),
    ("0024 who began a run", RUNS_OF_PEOPLE),
    ("0025 from which day an action stood so", DATED_STEPS),
)
