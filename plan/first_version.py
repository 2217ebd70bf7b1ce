"""The database as the first version built it. Released steps are never edited: `plan.migrations` has what followed.

Each step is SQL; the order is that of `FIRST`.
"""

from plan.schema_parts import kept_for_good, scored_pairs

VISIBILITIES = "'draft', 'embargoed', 'published', 'withdrawn'"
KINDS = "'recommendation', 'question', 'area'"
OUTCOMES = "'proposed', 'adopted', 'joined', 'accepted in part', 'declined', 'sent to Section 11'"
STATUSES = "'open', 'in progress', 'complete', 'assured', 'closed', 'superseded'"


REVIEWS = f"""
CREATE TABLE runs (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, started TEXT NOT NULL, finished TEXT, outcome TEXT,
    detail TEXT NOT NULL DEFAULT '{{}}' CHECK (json_valid(detail))
) STRICT;

CREATE TABLE reviews (
    id INTEGER PRIMARY KEY,
    letter TEXT NOT NULL UNIQUE CHECK (letter <> '' AND letter NOT GLOB '*[^A-Z]*'),
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
    first_sha256 TEXT NOT NULL CHECK (length(first_sha256) = 64),
    file TEXT NOT NULL,
    review_type TEXT NOT NULL CHECK (review_type <> ''),
    reference TEXT, title TEXT, publisher TEXT, lead_reviewer TEXT, edition_key TEXT,
    published TEXT CHECK (published IS NULL OR published GLOB '[0-9][0-9][0-9][0-9]*'),
    pages INTEGER NOT NULL CHECK (pages >= 0),
    visibility TEXT NOT NULL DEFAULT 'draft' CHECK (visibility IN ({VISIBILITIES})),
    embargo_until TEXT CHECK (embargo_until IS NULL OR embargo_until IS date(embargo_until)),
    partial INTEGER NOT NULL DEFAULT 0 CHECK (partial IN (0, 1)),
    warnings TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(warnings)),
    added TEXT NOT NULL, run TEXT REFERENCES runs (id),
    CHECK (visibility <> 'embargoed' OR embargo_until IS NOT NULL)
) STRICT;
CREATE INDEX reviews_by_edition ON reviews (edition_key) WHERE edition_key IS NOT NULL;

-- The place of the last letter that was given in turn: a letter is never given twice.
CREATE TABLE letters_given (one INTEGER PRIMARY KEY CHECK (one = 1), last INTEGER NOT NULL) STRICT;

-- Every content that was ever read for a review, so that an older edition dropped again is known.
CREATE TABLE editions (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
    review_id INTEGER NOT NULL REFERENCES reviews (id),
    file TEXT NOT NULL, read_at TEXT NOT NULL, run TEXT REFERENCES runs (id)
) STRICT;
CREATE INDEX editions_by_review ON editions (review_id);

-- A group of near-repeats keeps its identity while its members come and go; an emptied one stays, retired.
CREATE TABLE repeat_groups (id TEXT PRIMARY KEY CHECK (id GLOB 'g-*'), added TEXT NOT NULL, retired TEXT) STRICT;

CREATE TABLE recommendations (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (id GLOB 'r-*'),
    review_id INTEGER NOT NULL REFERENCES reviews (id),
    ordinal INTEGER NOT NULL CHECK (ordinal >= 1),
    number TEXT, text TEXT NOT NULL CHECK (text <> ''), lead_in TEXT,
    page INTEGER NOT NULL CHECK (page >= 1),
    pages TEXT NOT NULL CHECK (json_valid(pages)),
    also_on TEXT NOT NULL CHECK (json_valid(also_on)),
    section TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ({KINDS})),
    addressee TEXT,
    single_agency INTEGER NOT NULL CHECK (single_agency IN (0, 1)),
    target_date TEXT,
    boxes TEXT NOT NULL CHECK (json_valid(boxes)),
    content_key TEXT NOT NULL CHECK (length(content_key) = 64),
    outcome TEXT NOT NULL DEFAULT 'proposed' CHECK (outcome IN ({OUTCOMES})),
    difference TEXT CHECK (difference IN ('added', 'changed', 'missing')),
    group_id TEXT REFERENCES repeat_groups (id),
    added TEXT NOT NULL,
    run TEXT REFERENCES runs (id)
) STRICT;
CREATE INDEX recommendations_by_review ON recommendations (review_id, ordinal);
CREATE INDEX recommendations_by_outcome ON recommendations (outcome);
CREATE INDEX recommendations_by_group ON recommendations (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX recommendations_by_content ON recommendations (content_key);
CREATE INDEX recommendations_by_difference ON recommendations (difference) WHERE difference IS NOT NULL;

CREATE TABLE recommendation_agencies (
    recommendation_id TEXT NOT NULL REFERENCES recommendations (id),
    agency TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (recommendation_id, agency)
) STRICT, WITHOUT ROWID;
CREATE INDEX recommendations_by_agency ON recommendation_agencies (agency, recommendation_id);

-- What a recommendation said before its review was read again: source text is never lost.
CREATE TABLE earlier_readings (
    id INTEGER PRIMARY KEY, recommendation_id TEXT NOT NULL REFERENCES recommendations (id),
    number TEXT, text TEXT NOT NULL, lead_in TEXT, page INTEGER NOT NULL, section TEXT NOT NULL,
    replaced_at TEXT NOT NULL, run TEXT REFERENCES runs (id)
) STRICT;
CREATE INDEX earlier_readings_by_recommendation ON earlier_readings (recommendation_id);

-- Passages that read like recommendations where none was announced; a person takes or dismisses them.
CREATE TABLE possible (
    id INTEGER PRIMARY KEY, review_id INTEGER NOT NULL REFERENCES reviews (id),
    text TEXT NOT NULL, page INTEGER NOT NULL CHECK (page >= 1), section TEXT NOT NULL, why TEXT NOT NULL,
    boxes TEXT NOT NULL CHECK (json_valid(boxes)),
    standing TEXT NOT NULL DEFAULT 'open' CHECK (standing IN ('open', 'taken', 'dismissed')),
    added TEXT NOT NULL
) STRICT;
CREATE INDEX possible_by_review ON possible (review_id, standing);
"""

LABELS = """
CREATE TABLE suggestions (
    id INTEGER PRIMARY KEY, recommendation_id TEXT NOT NULL REFERENCES recommendations (id),
    model TEXT NOT NULL, framework TEXT NOT NULL,
    quadrant TEXT NOT NULL, secondary TEXT,
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    unsure INTEGER NOT NULL CHECK (unsure IN (0, 1)),
    why_unsure TEXT NOT NULL DEFAULT '',
    between_codes TEXT NOT NULL CHECK (json_valid(between_codes)),
    issues TEXT NOT NULL CHECK (json_valid(issues)),
    areas TEXT NOT NULL CHECK (json_valid(areas)),
    standards TEXT NOT NULL CHECK (json_valid(standards)),
    scores TEXT NOT NULL CHECK (json_valid(scores)),
    nearest TEXT NOT NULL CHECK (json_valid(nearest)),
    at TEXT NOT NULL, run TEXT REFERENCES runs (id)
) STRICT;
CREATE INDEX suggestions_by_recommendation ON suggestions (recommendation_id, id);

CREATE TABLE decisions (
    id INTEGER PRIMARY KEY, recommendation_id TEXT NOT NULL REFERENCES recommendations (id),
    suggestion_id INTEGER REFERENCES suggestions (id),
    framework TEXT NOT NULL,
    quadrant TEXT NOT NULL, secondary TEXT,
    issues TEXT NOT NULL CHECK (json_valid(issues)),
    areas TEXT NOT NULL CHECK (json_valid(areas)),
    standards TEXT NOT NULL CHECK (json_valid(standards)),
    who TEXT NOT NULL CHECK (who <> ''), note TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
CREATE INDEX decisions_by_recommendation ON decisions (recommendation_id, id);
"""

ACTIONS = f"""
-- The last number given in each quadrant: a reference is never given twice, whatever becomes of its action.
CREATE TABLE reference_numbers (
    quadrant_number INTEGER PRIMARY KEY CHECK (quadrant_number >= 1), last INTEGER NOT NULL CHECK (last >= 0)
) STRICT;

CREATE TABLE actions (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,
    quadrant TEXT NOT NULL,
    quadrant_number INTEGER NOT NULL CHECK (quadrant_number >= 1),
    sequence INTEGER NOT NULL CHECK (sequence >= 1),
    text TEXT NOT NULL CHECK (text <> ''),
    text_from TEXT REFERENCES recommendations (id),
    lead_agency TEXT NOT NULL, target_date TEXT, original_target_date TEXT,
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ({STATUSES})),
    progress TEXT NOT NULL DEFAULT '',
    worry_statement TEXT NOT NULL DEFAULT '', success_goal TEXT NOT NULL DEFAULT '',
    next_steps TEXT NOT NULL DEFAULT '', home TEXT NOT NULL DEFAULT '',
    superseded_by TEXT REFERENCES actions (ref),
    applies_to_all INTEGER NOT NULL DEFAULT 0 CHECK (applies_to_all IN (0, 1)),
    opened TEXT NOT NULL CHECK (opened IS date(opened)),
    completed TEXT CHECK (completed IS NULL OR completed IS date(completed)),
    assured TEXT CHECK (assured IS NULL OR assured IS date(assured)),
    closed TEXT CHECK (closed IS NULL OR closed IS date(closed)),
    achieved INTEGER CHECK (achieved IN (0, 1)),
    added TEXT NOT NULL,
    UNIQUE (quadrant_number, sequence),
    CHECK (ref = quadrant_number || '.' || sequence),
    CHECK ((status = 'superseded') = (superseded_by IS NOT NULL)),
    CHECK ((status IN ('closed', 'superseded')) = (closed IS NOT NULL)),
    CHECK (status <> 'closed' OR achieved IS NOT NULL)
) STRICT;
CREATE INDEX actions_by_status ON actions (status);
CREATE TRIGGER action_references_stay BEFORE UPDATE OF ref, quadrant, quadrant_number, sequence ON actions
WHEN NEW.ref IS NOT OLD.ref OR NEW.quadrant IS NOT OLD.quadrant
BEGIN SELECT RAISE(ABORT, 'the reference of an action never changes'); END;
CREATE TRIGGER actions_stay BEFORE DELETE ON actions
BEGIN SELECT RAISE(ABORT, 'an action is never deleted'); END;

CREATE TABLE action_agencies (
    action_id INTEGER NOT NULL REFERENCES actions (id), agency TEXT NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (action_id, agency)
) STRICT, WITHOUT ROWID;

CREATE TABLE action_recommendations (
    action_id INTEGER NOT NULL REFERENCES actions (id),
    recommendation_id TEXT NOT NULL REFERENCES recommendations (id),
    part INTEGER NOT NULL DEFAULT 0 CHECK (part IN (0, 1)),
    added TEXT NOT NULL, who TEXT NOT NULL, PRIMARY KEY (action_id, recommendation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX actions_by_recommendation ON action_recommendations (recommendation_id, action_id);

-- Reviews that an action answers beyond its recommendations: a plan that came from elsewhere names letters only.
CREATE TABLE action_reviews (
    action_id INTEGER NOT NULL REFERENCES actions (id), review_id INTEGER NOT NULL REFERENCES reviews (id),
    PRIMARY KEY (action_id, review_id)
) STRICT, WITHOUT ROWID;

-- Where an action stood and from when: one row a change, so that the plan can be counted as of any day. A row whose
-- target date differs from the one before it is a slip, with its reason.
CREATE TABLE action_history (
    id INTEGER PRIMARY KEY, action_id INTEGER NOT NULL REFERENCES actions (id),
    status TEXT NOT NULL CHECK (status IN ({STATUSES})),
    target_date TEXT, why TEXT NOT NULL, who TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
CREATE INDEX action_history_by_action ON action_history (action_id, id);

-- What became of a recommendation and when; the last row is its present outcome.
CREATE TABLE outcomes (
    id INTEGER PRIMARY KEY, recommendation_id TEXT NOT NULL REFERENCES recommendations (id),
    outcome TEXT NOT NULL CHECK (outcome IN ({OUTCOMES})),
    reason TEXT NOT NULL, who TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
CREATE INDEX outcomes_by_recommendation ON outcomes (recommendation_id, id);

CREATE TABLE progress_notes (
    id INTEGER PRIMARY KEY, action_id INTEGER NOT NULL REFERENCES actions (id),
    agency TEXT NOT NULL, note TEXT NOT NULL, dated TEXT NOT NULL CHECK (dated IS date(dated)),
    who TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
CREATE INDEX progress_notes_by_action ON progress_notes (action_id, id);
"""

REPEATS = f"""
{scored_pairs("repeats")}

CREATE TABLE repeat_decisions (
    id INTEGER PRIMARY KEY,
    a TEXT NOT NULL REFERENCES recommendations (id), b TEXT NOT NULL REFERENCES recommendations (id),
    verdict TEXT NOT NULL CHECK (verdict IN ('same', 'not the same')),
    who TEXT NOT NULL CHECK (who <> ''), note TEXT NOT NULL, at TEXT NOT NULL,
    CHECK (a < b)
) STRICT;
CREATE INDEX repeat_decisions_by_pair ON repeat_decisions (a, b, id);
"""

FIGURES = """
CREATE TABLE counts (
    day TEXT NOT NULL CHECK (day IS date(day)),
    audience TEXT NOT NULL CHECK (audience IN ('public', 'partnership')),
    dimension TEXT NOT NULL, code TEXT NOT NULL, title TEXT NOT NULL,
    unit TEXT NOT NULL CHECK (unit IN ('recommendations', 'actions')),
    total INTEGER NOT NULL, open INTEGER NOT NULL, closed INTEGER NOT NULL,
    overdue INTEGER NOT NULL, proposed INTEGER NOT NULL,
    framework TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (day, audience, dimension, unit, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE embeddings (
    id INTEGER PRIMARY KEY AUTOINCREMENT, content_key TEXT NOT NULL CHECK (length(content_key) = 64),
    encoder TEXT NOT NULL CHECK (encoder <> ''),
    vector BLOB NOT NULL CHECK (length(vector) > 0 AND length(vector) % 4 = 0),
    UNIQUE (encoder, content_key)
) STRICT;
"""

DECISION = "id recommendation_id at suggestion_id framework quadrant secondary issues areas standards who"

RECORDS = f"""
CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL, who TEXT NOT NULL CHECK (who <> ''), what TEXT NOT NULL, subject TEXT NOT NULL,
    before TEXT CHECK (before IS NULL OR json_valid(before)),
    after TEXT CHECK (after IS NULL OR json_valid(after)),
    why TEXT NOT NULL, run TEXT
) STRICT;
CREATE INDEX events_by_subject ON events (subject, id);
CREATE INDEX events_by_time ON events (at);

-- The reviews that an event tells of: who may read it, and what goes blank when a review is erased.
CREATE TABLE event_reviews (
    event_id INTEGER NOT NULL REFERENCES events (id), review_id INTEGER NOT NULL REFERENCES reviews (id),
    PRIMARY KEY (event_id, review_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX events_by_review ON event_reviews (review_id, event_id);

-- The fact that a review was erased. Only its words may then go blank in records that are otherwise append-only.
CREATE TABLE erasures (
    review_id INTEGER PRIMARY KEY REFERENCES reviews (id), who TEXT NOT NULL, why TEXT NOT NULL, at TEXT NOT NULL
) STRICT;

CREATE TRIGGER events_stay BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
CREATE TRIGGER events_are_not_replaced BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM events WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'events are never replaced'); END;
CREATE TRIGGER events_do_not_change BEFORE UPDATE ON events
WHEN NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at OR NEW.who IS NOT OLD.who OR NEW.what IS NOT OLD.what
    OR NEW.subject IS NOT OLD.subject OR NEW.run IS NOT OLD.run
    OR NEW.before IS NOT NULL OR NEW.after IS NOT NULL OR NEW.why <> '[erased]'
    OR NOT EXISTS (SELECT 1 FROM event_reviews JOIN erasures USING (review_id) WHERE event_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'events never change'); END;
CREATE TRIGGER event_reviews_stay BEFORE DELETE ON event_reviews
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
CREATE TRIGGER event_reviews_do_not_change BEFORE UPDATE ON event_reviews
BEGIN SELECT RAISE(ABORT, 'events never change'); END;

{kept_for_good("decisions", DECISION, "OLD.recommendation_id")}
{kept_for_good("repeat_decisions", "id a b verdict who at", "OLD.a, OLD.b")}
CREATE TABLE users (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    role TEXT NOT NULL CHECK (role IN ('reader', 'reviewer', 'administrator')), password_hash TEXT NOT NULL,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)), added TEXT NOT NULL
) STRICT;
"""

TOKENISER = "porter unicode61 remove_diacritics 2"

SEARCH = f"""
CREATE VIRTUAL TABLE recommendations_fts USING fts5 (
    text, lead_in, content='recommendations', content_rowid='key', tokenize='{TOKENISER}',
    prefix='2 3'
);
CREATE TRIGGER recommendations_fts_added AFTER INSERT ON recommendations BEGIN
    INSERT INTO recommendations_fts (rowid, text, lead_in) VALUES (NEW.key, NEW.text, NEW.lead_in);
END;
CREATE TRIGGER recommendations_fts_removed AFTER DELETE ON recommendations BEGIN
    INSERT INTO recommendations_fts (recommendations_fts, rowid, text, lead_in)
    VALUES ('delete', OLD.key, OLD.text, OLD.lead_in);
END;
CREATE TRIGGER recommendations_fts_changed AFTER UPDATE OF key, text, lead_in ON recommendations BEGIN
    INSERT INTO recommendations_fts (recommendations_fts, rowid, text, lead_in)
    VALUES ('delete', OLD.key, OLD.text, OLD.lead_in);
    INSERT INTO recommendations_fts (rowid, text, lead_in) VALUES (NEW.key, NEW.text, NEW.lead_in);
END;
"""

VIEWS = """
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
LEFT JOIN decisions AS d ON d.id = (SELECT max(id) FROM decisions WHERE recommendation_id = r.id);

-- Which reviews an action answers, through its recommendations or named outright.
CREATE VIEW action_review_links AS
SELECT link.action_id AS action_id, r.review_id AS review_id
FROM action_recommendations AS link JOIN recommendations AS r ON r.id = link.recommendation_id
UNION
SELECT action_id, review_id FROM action_reviews;

-- The published columns, of the actions that are still to be carried out or checked.
CREATE VIEW composite_action_plan AS
SELECT a.ref AS "Ref",
    CASE WHEN l.letters IS NULL THEN CASE WHEN a.applies_to_all THEN 'All' ELSE '' END
         WHEN a.applies_to_all THEN l.letters || ' (and All)' ELSE l.letters END AS "Review refs",
    a.text AS "Action", a.lead_agency AS "Lead agency", coalesce(a.target_date, '') AS "Target date",
    a.progress AS "Progress"
FROM actions AS a
LEFT JOIN (
    SELECT action_id, group_concat(letter, ', ') AS letters FROM (
        SELECT links.action_id, v.letter FROM action_review_links AS links JOIN reviews AS v ON v.id = links.review_id
        WHERE v.visibility <> 'withdrawn' ORDER BY links.action_id, length(v.letter), v.letter
    ) GROUP BY action_id
) AS l ON l.action_id = a.id
WHERE a.status NOT IN ('closed', 'superseded')
ORDER BY a.quadrant_number, a.sequence;
"""

FIRST: tuple[tuple[str, str], ...] = (
    ("0001 reviews and recommendations", REVIEWS),
    ("0002 labels", LABELS),
    ("0003 actions", ACTIONS),
    ("0004 near-repeats", REPEATS),
    ("0005 counts and embeddings", FIGURES),
    ("0006 events, erasures and users", RECORDS),
    ("0007 search", SEARCH),
    ("0008 views", VIEWS),
)
