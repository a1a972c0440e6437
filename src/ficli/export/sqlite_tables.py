"""The tables, the full-text index and the views of the exported database."""

TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE terms (
  field TEXT NOT NULL, position INTEGER NOT NULL, slug TEXT NOT NULL, name TEXT NOT NULL, definition TEXT NOT NULL,
  wing TEXT, is_primary INTEGER, deprecated INTEGER NOT NULL, replaced_by TEXT, PRIMARY KEY (field, slug)
) WITHOUT ROWID;
-- `key` is the ID, or the slug of a draft; `position` is the place in this file.
CREATE TABLE records (
  position INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, id TEXT, slug TEXT NOT NULL, status TEXT NOT NULL, url TEXT,
  title TEXT NOT NULL, summary TEXT NOT NULL, what TEXT NOT NULL,
  quote_text TEXT, quote_speaker TEXT, quote_source INTEGER, anonymized INTEGER NOT NULL,
  incident_date TEXT NOT NULL, date_basis TEXT NOT NULL, indexed_date TEXT, updated_date TEXT, taxonomy_version TEXT,
  failure_mode TEXT NOT NULL, ai_surface TEXT NOT NULL, wing TEXT NOT NULL, severity TEXT NOT NULL,
  confidence TEXT NOT NULL, confidence_reason TEXT NOT NULL, industry TEXT, claim_status TEXT,
  what_happened TEXT NOT NULL, mechanism TEXT,
  path_trigger TEXT, path_model_step TEXT, path_control_gap TEXT, path_failure TEXT, path_consequence TEXT,
  public_visibility TEXT, regulatory_exposure TEXT, customer_impact TEXT, financial_impact TEXT,
  time_to_disclosure TEXT, impact_note TEXT, source_count INTEGER NOT NULL, steward_note TEXT
);
CREATE TABLE organizations (
  record TEXT NOT NULL REFERENCES records (key), number INTEGER NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
  anonymized INTEGER NOT NULL, PRIMARY KEY (record, number)
) WITHOUT ROWID;
CREATE TABLE systems (
  record TEXT NOT NULL REFERENCES records (key), number INTEGER NOT NULL, name TEXT NOT NULL, vendor TEXT,
  version TEXT, PRIMARY KEY (record, number)
) WITHOUT ROWID;
CREATE TABLE sources (
  record TEXT NOT NULL REFERENCES records (key), number INTEGER NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
  url TEXT NOT NULL, publisher TEXT, published TEXT, language TEXT, accessed TEXT, docket TEXT, archive_url TEXT,
  archive_captured TEXT, archive_sha256 TEXT, status TEXT, PRIMARY KEY (record, number)
) WITHOUT ROWID;
CREATE TABLE authors (
  record TEXT NOT NULL, source INTEGER NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY (record, source, number), FOREIGN KEY (record, source) REFERENCES sources (record, number)
) WITHOUT ROWID;
CREATE TABLE passages (
  record TEXT NOT NULL, source INTEGER NOT NULL, number INTEGER NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (record, source, number), FOREIGN KEY (record, source) REFERENCES sources (record, number)
) WITHOUT ROWID;
CREATE TABLE amounts (
  record TEXT NOT NULL REFERENCES records (key), number INTEGER NOT NULL, value NUMERIC NOT NULL,
  currency TEXT NOT NULL, label TEXT, PRIMARY KEY (record, number)
) WITHOUT ROWID;
CREATE TABLE corrections (
  record TEXT NOT NULL REFERENCES records (key), number INTEGER NOT NULL, date TEXT NOT NULL, note TEXT NOT NULL,
  PRIMARY KEY (record, number)
) WITHOUT ROWID;
CREATE TABLE countries (
  record TEXT NOT NULL REFERENCES records (key), number INTEGER NOT NULL, country TEXT NOT NULL,
  PRIMARY KEY (record, number)
) WITHOUT ROWID;
CREATE TABLE tags (
  record TEXT NOT NULL REFERENCES records (key), number INTEGER NOT NULL, tag TEXT NOT NULL,
  PRIMARY KEY (record, number)
) WITHOUT ROWID;
CREATE TABLE aliases (
  record TEXT NOT NULL REFERENCES records (key), number INTEGER NOT NULL, alias TEXT NOT NULL,
  PRIMARY KEY (record, number)
) WITHOUT ROWID;
CREATE TABLE related (
  record TEXT NOT NULL REFERENCES records (key), number INTEGER NOT NULL, other TEXT NOT NULL,
  PRIMARY KEY (record, number)
) WITHOUT ROWID;
CREATE TABLE citations (
  record TEXT NOT NULL REFERENCES records (key), style TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (record, style)
) WITHOUT ROWID;
CREATE TABLE tombstones (
  id TEXT PRIMARY KEY, slug TEXT NOT NULL, status TEXT NOT NULL, url TEXT NOT NULL, title TEXT NOT NULL,
  reason TEXT NOT NULL, retired_date TEXT NOT NULL, merged_into TEXT, redirect_to TEXT, redirect_url TEXT
) WITHOUT ROWID;
"""

VIEWS = """
CREATE INDEX records_by_id ON records (id);
CREATE INDEX records_by_date ON records (incident_date);
CREATE INDEX organizations_by_name ON organizations (name);
CREATE INDEX tags_by_tag ON tags (tag);

-- Published records of the two gravest severities, without those of low confidence.
CREATE VIEW headline AS
  SELECT * FROM records
  WHERE status = 'published' AND severity IN ('high', 'catastrophic') AND confidence <> 'low';

CREATE VIEW records_by_year AS
  SELECT substr(incident_date, 1, 4) AS year, count(*) AS records,
    count(*) FILTER (WHERE severity IN ('high', 'catastrophic') AND confidence <> 'low') AS headline_records
  FROM records WHERE status = 'published' GROUP BY year;

CREATE VIEW record_sources AS
  SELECT r.key, r.title AS record_title, r.incident_date, s.number, s.kind, s.title, s.url, s.publisher, s.published
  FROM records AS r JOIN sources AS s ON s.record = r.key;

CREATE VIEW record_texts AS
  SELECT r.position, r.key, r.title, r.summary, r.what_happened, r.mechanism,
    (SELECT group_concat(o.name, '; ') FROM organizations AS o WHERE o.record = r.key) AS organizations
  FROM records AS r;

-- SELECT t.key, t.title FROM record_texts AS t JOIN records_text AS f ON f.rowid = t.position
-- WHERE records_text MATCH 'refund' ORDER BY rank;
CREATE VIRTUAL TABLE records_text USING fts5 (
  title, summary, what_happened, mechanism, organizations,
  content = 'record_texts', content_rowid = 'position', tokenize = 'unicode61 remove_diacritics 2'
);
"""
