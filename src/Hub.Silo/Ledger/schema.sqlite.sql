-- The ledger on SQLite. Applied at start; additive only: a later version adds statements and raises the number in SqliteSchema.cs.
-- Guarantees live here and not in the program: a wrong history is refused whoever writes it.

-- One row for each entry, in commit order. Hashes only: what an entry says lies encrypted in payload.
CREATE TABLE IF NOT EXISTS entry (
  position     INTEGER PRIMARY KEY,             -- place in the log, from 0, without gaps
  stream       TEXT    NOT NULL,
  version      INTEGER NOT NULL CHECK (version > 0),
  topic        TEXT    NOT NULL,                -- key by which readers find it; '' for none
  header       BLOB    NOT NULL,                -- Hub.Transparency EntryHeader: origin, stream, version, kind, schema, time
  payload_hash BLOB    NOT NULL CHECK (length(payload_hash) = 32),
  leaf_hash    BLOB    NOT NULL CHECK (length(leaf_hash) = 32),
  idempotency  BLOB    CHECK (length(idempotency) = 32),  -- HMAC of scope, RPC, request_id; on the first entry of an append
  UNIQUE (stream, version)
);
CREATE UNIQUE INDEX IF NOT EXISTS entry_idempotency ON entry (idempotency) WHERE idempotency IS NOT NULL;
CREATE INDEX IF NOT EXISTS entry_topic ON entry (topic, position) WHERE topic <> '';

-- salt and payload of an entry, encrypted under the data key (stream, topic, generation) of keys.db.
CREATE TABLE IF NOT EXISTS payload (
  position    INTEGER PRIMARY KEY,
  generation  INTEGER NOT NULL,                 -- erasures of (stream, topic) before it
  fingerprint BLOB    CHECK (length(fingerprint) = 32),   -- HMAC of the request
  sealed      BLOB    NOT NULL                  -- nonce (12) || ciphertext || tag (16)
);

-- One row for each erased entry: all payloads of (stream, topic) below its position are gone.
CREATE TABLE IF NOT EXISTS erasure (
  position   INTEGER PRIMARY KEY,
  stream     TEXT    NOT NULL,
  topic      TEXT    NOT NULL CHECK (topic <> ''),
  generation INTEGER NOT NULL,                  -- of the first data key that is still good
  UNIQUE (stream, topic, generation)
);

-- Full tiles of 256 hashes (C2SP tlog-tiles). Partial tiles are made from entries and from the roots of the level below.
CREATE TABLE IF NOT EXISTS tile (
  level  INTEGER NOT NULL,
  place  INTEGER NOT NULL,
  root   BLOB    NOT NULL CHECK (length(root) = 32),
  hashes BLOB    NOT NULL CHECK (length(hashes) = 8192),
  PRIMARY KEY (level, place)
);

-- The committed tree: moved by compare-and-set on size, once per batch.
CREATE TABLE IF NOT EXISTS ledger_head (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  size     INTEGER NOT NULL,
  frontier BLOB    NOT NULL,
  root     BLOB    NOT NULL CHECK (length(root) = 32),
  time     INTEGER NOT NULL                     -- of the last entry, microseconds since 1970 UTC: time never runs back
);

-- Which batch committed from which size: how a writer learns what became of a commit whose answer was lost.
CREATE TABLE IF NOT EXISTS batch (
  first INTEGER PRIMARY KEY,                    -- position of its first entry
  id    BLOB    NOT NULL CHECK (length(id) = 16)
);

-- The latest signed checkpoint. It can always be signed again from the head, so it needs no fsync of its own.
CREATE TABLE IF NOT EXISTS checkpoint (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  size INTEGER NOT NULL,
  note TEXT    NOT NULL
);

-- Nothing is changed or deleted, and nothing is slipped in between: REPLACE would delete without firing a delete trigger.
CREATE TRIGGER IF NOT EXISTS entry_next BEFORE INSERT ON entry
WHEN NEW.position <> (SELECT coalesce(max(position), -1) + 1 FROM entry)
  OR NEW.version <> (SELECT coalesce(max(version), 0) + 1 FROM entry WHERE stream = NEW.stream)
BEGIN SELECT RAISE(ABORT, 'an entry takes the next position and the next version of its stream'); END;
CREATE TRIGGER IF NOT EXISTS entry_update BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER IF NOT EXISTS entry_delete BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;

CREATE TRIGGER IF NOT EXISTS payload_update BEFORE UPDATE ON payload BEGIN SELECT RAISE(ABORT, 'payloads are never changed'); END;
CREATE TRIGGER IF NOT EXISTS payload_replace BEFORE INSERT ON payload
WHEN EXISTS (SELECT 1 FROM payload WHERE position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'payloads are never changed'); END;
CREATE TRIGGER IF NOT EXISTS payload_delete BEFORE DELETE ON payload
WHEN NOT EXISTS (
  SELECT 1 FROM entry JOIN erasure ON erasure.stream = entry.stream AND erasure.topic = entry.topic
  WHERE entry.position = OLD.position AND erasure.position > OLD.position)
BEGIN SELECT RAISE(ABORT, 'a payload is deleted by an erasure only'); END;

-- An erasure can be written only while its entry is not yet under the head: in the transaction of the entry, and never afterwards.
CREATE TRIGGER IF NOT EXISTS erasure_insert BEFORE INSERT ON erasure
WHEN NEW.position < (SELECT size FROM ledger_head)
  OR NOT EXISTS (SELECT 1 FROM entry WHERE position = NEW.position AND stream = NEW.stream AND topic = NEW.topic)
BEGIN SELECT RAISE(ABORT, 'an erasure belongs to the transaction of its entry'); END;
CREATE TRIGGER IF NOT EXISTS erasure_update BEFORE UPDATE ON erasure BEGIN SELECT RAISE(ABORT, 'erasures are never changed'); END;
CREATE TRIGGER IF NOT EXISTS erasure_delete BEFORE DELETE ON erasure BEGIN SELECT RAISE(ABORT, 'erasures are never deleted'); END;

CREATE TRIGGER IF NOT EXISTS tile_update BEFORE UPDATE ON tile BEGIN SELECT RAISE(ABORT, 'full tiles are never changed'); END;
CREATE TRIGGER IF NOT EXISTS tile_delete BEFORE DELETE ON tile BEGIN SELECT RAISE(ABORT, 'full tiles are never deleted'); END;
CREATE TRIGGER IF NOT EXISTS head_update BEFORE UPDATE ON ledger_head WHEN NEW.size <= OLD.size OR NEW.time < OLD.time
BEGIN SELECT RAISE(ABORT, 'the head only grows'); END;
CREATE TRIGGER IF NOT EXISTS head_delete BEFORE DELETE ON ledger_head BEGIN SELECT RAISE(ABORT, 'the head only grows'); END;
CREATE TRIGGER IF NOT EXISTS checkpoint_update BEFORE UPDATE ON checkpoint WHEN NEW.size <= OLD.size
BEGIN SELECT RAISE(ABORT, 'a checkpoint is followed by a larger one'); END;
CREATE TRIGGER IF NOT EXISTS batch_update BEFORE UPDATE ON batch BEGIN SELECT RAISE(ABORT, 'batches are never changed'); END;
CREATE TRIGGER IF NOT EXISTS batch_delete BEFORE DELETE ON batch BEGIN SELECT RAISE(ABORT, 'batches are never deleted'); END;

-- SHA-256 of nothing: the root of the empty tree (RFC 9162 section 2.1.1).
INSERT INTO ledger_head (id, size, frontier, root, time)
SELECT 1, 0, x'', x'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 0
WHERE NOT EXISTS (SELECT 1 FROM ledger_head);
