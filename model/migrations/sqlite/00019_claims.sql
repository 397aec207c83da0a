-- +goose Up
-- Claims 占位: that a household answered, never what and never when. base is
-- the slot: 1 owner, 2 resident, and 5 and 6 for open feedback kept apart.
-- The primary key is the judge of "one voice per household per base".
-- No rowid, which would keep the order of arrival.
CREATE TABLE claims (
  campaign INTEGER NOT NULL,
  project  INTEGER NOT NULL,
  base     INTEGER NOT NULL,
  claim    BLOB    NOT NULL,
  refused  INTEGER NOT NULL,
  PRIMARY KEY (campaign, project, base, claim)
) STRICT, WITHOUT ROWID;
