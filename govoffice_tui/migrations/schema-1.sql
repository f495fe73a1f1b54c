-- Every table, index and trigger of an office at schema 1, as the engine keeps their text. Never to be changed.
CREATE TABLE "staff" ("id" INTEGER NOT NULL PRIMARY KEY, "number" TEXT NOT NULL, "sex" TEXT NOT NULL, "entered_at" INTEGER NOT NULL CHECK (entered_at >= 0), "entered_by" INTEGER) STRICT;
CREATE TABLE "sign_sessions" ("id" INTEGER NOT NULL PRIMARY KEY, "series" TEXT NOT NULL, "year" INTEGER NOT NULL, "number" INTEGER NOT NULL, "revision" INTEGER NOT NULL, "corrects" INTEGER, "event_day" TEXT NOT NULL CHECK (length(event_day) = 10 AND substr(event_day, 5, 1) = '-' AND substr(event_day, 8, 1) = '-' AND event_day >= '1990-01-01' AND event_day <= '2199-12-31'), "entered_at" INTEGER NOT NULL CHECK (entered_at >= 0), "entered_by" INTEGER, "late_reason" TEXT, "state" TEXT NOT NULL, "remark" TEXT NOT NULL, "struck_at" INTEGER CHECK (struck_at >= 0), "struck_by" INTEGER, "struck_reason" TEXT, "half" INTEGER NOT NULL CHECK (half IN (0, 1)), "opens_at" INTEGER NOT NULL CHECK (opens_at >= 0), "cutoff_at" INTEGER NOT NULL CHECK (cutoff_at >= 0), "carrier" TEXT NOT NULL CHECK (carrier IN ('screen', 'paper')), "collected_at" INTEGER CHECK (collected_at >= 0), "collected_by_id" INTEGER, "expected" INTEGER, "signed" INTEGER, "early_reason" TEXT, FOREIGN KEY ("collected_by_id") REFERENCES "staff" ("id")) STRICT;
CREATE TABLE "arrivals" ("id" INTEGER NOT NULL PRIMARY KEY, "series" TEXT NOT NULL, "year" INTEGER NOT NULL, "number" INTEGER NOT NULL, "revision" INTEGER NOT NULL, "corrects" INTEGER, "event_day" TEXT NOT NULL CHECK (length(event_day) = 10 AND substr(event_day, 5, 1) = '-' AND substr(event_day, 8, 1) = '-' AND event_day >= '1990-01-01' AND event_day <= '2199-12-31'), "entered_at" INTEGER NOT NULL CHECK (entered_at >= 0), "entered_by" INTEGER, "late_reason" TEXT, "state" TEXT NOT NULL, "remark" TEXT NOT NULL, "struck_at" INTEGER CHECK (struck_at >= 0), "struck_by" INTEGER, "struck_reason" TEXT, "session_id" INTEGER NOT NULL, "half" INTEGER NOT NULL CHECK (half IN (0, 1)), "staff_id" INTEGER NOT NULL, "kind" TEXT NOT NULL CHECK (kind IN ('late', 'pending')), "arrived_at" INTEGER CHECK (arrived_at >= 0), FOREIGN KEY ("session_id") REFERENCES "sign_sessions" ("id"), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id")) STRICT;
CREATE TABLE "calendar_adjustments" ("id" INTEGER NOT NULL PRIMARY KEY, "revision" INTEGER NOT NULL, "corrects" INTEGER, "entered_at" INTEGER NOT NULL CHECK (entered_at >= 0), "entered_by" INTEGER, "remark" TEXT NOT NULL, "struck_at" INTEGER CHECK (struck_at >= 0), "struck_by" INTEGER, "struck_reason" TEXT, "event_day" TEXT NOT NULL CHECK (length(event_day) = 10 AND substr(event_day, 5, 1) = '-' AND substr(event_day, 8, 1) = '-' AND event_day >= '1990-01-01' AND event_day <= '2199-12-31'), "half" INTEGER NOT NULL CHECK (half IN (0, 1)), "kind" TEXT NOT NULL CHECK (kind IN ('closed', 'extra')), "ordered_by" TEXT NOT NULL) STRICT;
CREATE TABLE "calendar" ("id" INTEGER NOT NULL PRIMARY KEY, "year" INTEGER NOT NULL, "revision" INTEGER NOT NULL, "codes" TEXT NOT NULL, "names" TEXT NOT NULL, "source" TEXT NOT NULL, "notice" TEXT NOT NULL, "is_provisional" INTEGER NOT NULL CHECK (is_provisional IN (0, 1)) DEFAULT 0, "entered_at" INTEGER NOT NULL CHECK (entered_at >= 0), "entered_by" INTEGER, "checked_by" INTEGER) STRICT;
CREATE TABLE "closings" ("id" INTEGER NOT NULL PRIMARY KEY, "register" TEXT NOT NULL, "month" TEXT NOT NULL, "revision" INTEGER NOT NULL, "closed_at" INTEGER NOT NULL CHECK (closed_at >= 0), "closed_by" INTEGER, "figures_digest" TEXT NOT NULL, "calendar_revision" INTEGER NOT NULL) STRICT;
CREATE TABLE "events" ("id" INTEGER NOT NULL PRIMARY KEY, "at" INTEGER NOT NULL CHECK (at >= 0), "kind" TEXT NOT NULL, "detail" TEXT NOT NULL) STRICT;
CREATE TABLE "exports" ("id" INTEGER NOT NULL PRIMARY KEY, "form" TEXT NOT NULL, "period" TEXT NOT NULL, "version" INTEGER NOT NULL, "digest" TEXT NOT NULL, "file_name" TEXT NOT NULL, "anchor_seq" INTEGER NOT NULL, "anchor_hash" TEXT NOT NULL, "made_at" INTEGER NOT NULL CHECK (made_at >= 0), "made_by" INTEGER) STRICT;
CREATE TABLE "journal" ("seq" INTEGER NOT NULL PRIMARY KEY, "at" INTEGER NOT NULL CHECK (at >= 0), "register" TEXT NOT NULL, "entry" INTEGER NOT NULL, "verb" TEXT NOT NULL, "operator" INTEGER, "form_key" TEXT NOT NULL, "schema" INTEGER NOT NULL, "payload" TEXT, "salt" BLOB, "payload_hash" BLOB NOT NULL, "previous" BLOB NOT NULL, "hash" BLOB NOT NULL) STRICT;
CREATE TABLE "office" ("id" INTEGER NOT NULL PRIMARY KEY, "key" TEXT NOT NULL, "value" BLOB NOT NULL) STRICT;
CREATE TABLE "posts" ("id" INTEGER NOT NULL PRIMARY KEY, "revision" INTEGER NOT NULL, "corrects" INTEGER, "entered_at" INTEGER NOT NULL CHECK (entered_at >= 0), "entered_by" INTEGER, "remark" TEXT NOT NULL, "struck_at" INTEGER CHECK (struck_at >= 0), "struck_by" INTEGER, "struck_reason" TEXT, "staff_id" INTEGER NOT NULL, "post" TEXT NOT NULL, "part" TEXT NOT NULL CHECK (part IN ('A', 'B')), "from_day" TEXT NOT NULL CHECK (length(from_day) = 10 AND substr(from_day, 5, 1) = '-' AND substr(from_day, 8, 1) = '-' AND from_day >= '1990-01-01' AND from_day <= '2199-12-31'), "to_day" TEXT CHECK (length(to_day) = 10 AND substr(to_day, 5, 1) = '-' AND substr(to_day, 8, 1) = '-' AND to_day >= '1990-01-01' AND to_day <= '2199-12-31'), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id")) STRICT;
CREATE TABLE "settings" ("id" INTEGER NOT NULL PRIMARY KEY, "key" TEXT NOT NULL, "value" TEXT NOT NULL, "from_day" TEXT NOT NULL CHECK (length(from_day) = 10 AND substr(from_day, 5, 1) = '-' AND substr(from_day, 8, 1) = '-' AND from_day >= '1990-01-01' AND from_day <= '2199-12-31'), "entered_at" INTEGER NOT NULL CHECK (entered_at >= 0), "entered_by" INTEGER) STRICT;
CREATE TABLE "sign_ins" ("id" INTEGER NOT NULL PRIMARY KEY, "series" TEXT NOT NULL, "year" INTEGER NOT NULL, "number" INTEGER NOT NULL, "revision" INTEGER NOT NULL, "corrects" INTEGER, "event_day" TEXT NOT NULL CHECK (length(event_day) = 10 AND substr(event_day, 5, 1) = '-' AND substr(event_day, 8, 1) = '-' AND event_day >= '1990-01-01' AND event_day <= '2199-12-31'), "entered_at" INTEGER NOT NULL CHECK (entered_at >= 0), "entered_by" INTEGER, "late_reason" TEXT, "state" TEXT NOT NULL, "remark" TEXT NOT NULL, "struck_at" INTEGER CHECK (struck_at >= 0), "struck_by" INTEGER, "struck_reason" TEXT, "session_id" INTEGER NOT NULL, "half" INTEGER NOT NULL CHECK (half IN (0, 1)), "staff_id" INTEGER NOT NULL, "signed_at" INTEGER NOT NULL CHECK (signed_at >= 0), FOREIGN KEY ("session_id") REFERENCES "sign_sessions" ("id"), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id")) STRICT;
CREATE TABLE "staff_periods" ("id" INTEGER NOT NULL PRIMARY KEY, "revision" INTEGER NOT NULL, "corrects" INTEGER, "entered_at" INTEGER NOT NULL CHECK (entered_at >= 0), "entered_by" INTEGER, "remark" TEXT NOT NULL, "struck_at" INTEGER CHECK (struck_at >= 0), "struck_by" INTEGER, "struck_reason" TEXT, "staff_id" INTEGER NOT NULL, "kind" TEXT NOT NULL, "from_day" TEXT NOT NULL CHECK (length(from_day) = 10 AND substr(from_day, 5, 1) = '-' AND substr(from_day, 8, 1) = '-' AND from_day >= '1990-01-01' AND from_day <= '2199-12-31'), "to_day" TEXT CHECK (length(to_day) = 10 AND substr(to_day, 5, 1) = '-' AND substr(to_day, 8, 1) = '-' AND to_day >= '1990-01-01' AND to_day <= '2199-12-31'), FOREIGN KEY ("staff_id") REFERENCES "staff" ("id")) STRICT;
CREATE TABLE "staff_profiles" ("id" INTEGER NOT NULL PRIMARY KEY, "revision" INTEGER NOT NULL, "corrects" INTEGER, "entered_at" INTEGER NOT NULL CHECK (entered_at >= 0), "entered_by" INTEGER, "remark" TEXT NOT NULL, "struck_at" INTEGER CHECK (struck_at >= 0), "struck_by" INTEGER, "struck_reason" TEXT, "staff_id" INTEGER NOT NULL, "from_day" TEXT NOT NULL CHECK (length(from_day) = 10 AND substr(from_day, 5, 1) = '-' AND substr(from_day, 8, 1) = '-' AND from_day >= '1990-01-01' AND from_day <= '2199-12-31'), "name" TEXT NOT NULL, "section" TEXT NOT NULL, "position" TEXT NOT NULL, "category" TEXT NOT NULL, "mode" TEXT NOT NULL, "rank" INTEGER NOT NULL, "phone" TEXT NOT NULL, "initials" TEXT NOT NULL, FOREIGN KEY ("staff_id") REFERENCES "staff" ("id")) STRICT;
CREATE TABLE "submissions" ("form_key" TEXT NOT NULL PRIMARY KEY, "first_seq" INTEGER NOT NULL, "last_seq" INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX "staff_number" ON "staff" ("number");
CREATE UNIQUE INDEX "sign_sessions_series_year_number_revision" ON "sign_sessions" ("series", "year", "number", "revision");
CREATE UNIQUE INDEX "arrivals_series_year_number_revision" ON "arrivals" ("series", "year", "number", "revision");
CREATE INDEX "arrivals_event_day_half" ON "arrivals" ("event_day", "half");
CREATE UNIQUE INDEX "calendar_year_revision" ON "calendar" ("year", "revision");
CREATE UNIQUE INDEX "closings_register_month_revision" ON "closings" ("register", "month", "revision");
CREATE INDEX "events_kind_at" ON "events" ("kind", "at");
CREATE UNIQUE INDEX "exports_form_period_version" ON "exports" ("form", "period", "version");
CREATE INDEX "line_register_entry" ON "journal" ("register", "entry");
CREATE UNIQUE INDEX "office_key" ON "office" ("key");
CREATE INDEX "posts_post_from_day" ON "posts" ("post", "from_day");
CREATE INDEX "settings_key_from_day" ON "settings" ("key", "from_day");
CREATE UNIQUE INDEX "sign_ins_series_year_number_revision" ON "sign_ins" ("series", "year", "number", "revision");
CREATE INDEX "staff_periods_staff_id_from_day" ON "staff_periods" ("staff_id", "from_day");
CREATE INDEX "staff_profiles_staff_id_from_day" ON "staff_profiles" ("staff_id", "from_day");
CREATE UNIQUE INDEX sign_sessions_current ON sign_sessions (event_day, half) WHERE struck_at IS NULL;
CREATE UNIQUE INDEX sign_ins_current ON sign_ins (event_day, half, staff_id) WHERE struck_at IS NULL;
CREATE UNIQUE INDEX arrivals_current ON arrivals (event_day, half, staff_id) WHERE struck_at IS NULL;
CREATE UNIQUE INDEX staff_profiles_current ON staff_profiles (staff_id, from_day) WHERE struck_at IS NULL;
CREATE UNIQUE INDEX calendar_adjustments_current ON calendar_adjustments (event_day, half) WHERE struck_at IS NULL;
CREATE INDEX sign_ins_struck ON sign_ins (event_day) WHERE struck_at IS NOT NULL;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'a line of the book is struck, never deleted'); END;
CREATE TRIGGER settings_no_delete BEFORE DELETE ON settings
BEGIN SELECT RAISE(ABORT, 'a line of the book is struck, never deleted'); END;
CREATE TRIGGER calendar_no_delete BEFORE DELETE ON calendar
BEGIN SELECT RAISE(ABORT, 'a line of the book is struck, never deleted'); END;
CREATE TRIGGER calendar_adjustments_no_delete BEFORE DELETE ON calendar_adjustments
BEGIN SELECT RAISE(ABORT, 'a line of the book is struck, never deleted'); END;
CREATE TRIGGER staff_no_delete BEFORE DELETE ON staff
BEGIN SELECT RAISE(ABORT, 'a line of the book is struck, never deleted'); END;
CREATE TRIGGER staff_profiles_no_delete BEFORE DELETE ON staff_profiles
BEGIN SELECT RAISE(ABORT, 'a line of the book is struck, never deleted'); END;
CREATE TRIGGER staff_periods_no_delete BEFORE DELETE ON staff_periods
BEGIN SELECT RAISE(ABORT, 'a line of the book is struck, never deleted'); END;
CREATE TRIGGER posts_no_delete BEFORE DELETE ON posts
BEGIN SELECT RAISE(ABORT, 'a line of the book is struck, never deleted'); END;
CREATE TRIGGER sign_sessions_no_delete BEFORE DELETE ON sign_sessions
BEGIN SELECT RAISE(ABORT, 'a line of the book is struck, never deleted'); END;
CREATE TRIGGER sign_ins_no_delete BEFORE DELETE ON sign_ins
BEGIN SELECT RAISE(ABORT, 'a line of the book is struck, never deleted'); END;
CREATE TRIGGER arrivals_no_delete BEFORE DELETE ON arrivals
BEGIN SELECT RAISE(ABORT, 'a line of the book is struck, never deleted'); END;
CREATE TRIGGER closings_no_delete BEFORE DELETE ON closings
BEGIN SELECT RAISE(ABORT, 'a line of the book is struck, never deleted'); END;
CREATE TRIGGER exports_no_delete BEFORE DELETE ON exports
BEGIN SELECT RAISE(ABORT, 'a line of the book is struck, never deleted'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is never deleted from'); END;
CREATE TRIGGER journal_next_seq BEFORE INSERT ON journal
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM journal)
BEGIN SELECT RAISE(ABORT, 'the journal has no gaps'); END;
CREATE TRIGGER journal_purge_only BEFORE UPDATE ON journal
WHEN NEW.payload IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.seq IS NOT OLD.seq OR NEW.at IS NOT OLD.at
OR NEW.register IS NOT OLD.register OR NEW.entry IS NOT OLD.entry OR NEW.verb IS NOT OLD.verb
OR NEW.operator IS NOT OLD.operator OR NEW.form_key IS NOT OLD.form_key OR NEW.schema IS NOT OLD.schema
OR NEW.payload_hash IS NOT OLD.payload_hash OR NEW.previous IS NOT OLD.previous OR NEW.hash IS NOT OLD.hash
BEGIN SELECT RAISE(ABORT, 'a line of the journal is never changed'); END;
