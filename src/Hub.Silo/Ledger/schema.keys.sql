-- keys.db: what opens the ledger. It lies beside the key ring, outside the ledger and its backups. Every secret in it is wrapped
-- (encrypted and authenticated) by ASP.NET Core Data Protection with the key ring.

-- One data key for each (stream, topic) and generation. An erasure starts a generation and destroys those before it.
CREATE TABLE IF NOT EXISTS data_key (
  stream     TEXT    NOT NULL,
  topic      TEXT    NOT NULL,
  generation INTEGER NOT NULL,
  wrapped    BLOB    NOT NULL,
  PRIMARY KEY (stream, topic, generation)
) WITHOUT ROWID;

-- Secrets of the Hub itself, by name.
CREATE TABLE IF NOT EXISTS secret (
  name    TEXT PRIMARY KEY,
  wrapped BLOB NOT NULL
) WITHOUT ROWID;
