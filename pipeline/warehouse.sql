-- The warehouse (ClickHouse): what the app writes down, and how long each table keeps it.
-- ClickHouse deletes rows by their TTL on its own; nobody has to remember it.

CREATE TABLE app.accounts
(
    user_id    String,
    name       String,
    email      String,
    plan       String,
    age_group  String,
    region     String
)
ENGINE = ReplacingMergeTree
ORDER BY user_id;

-- One row a person, changed the moment that somebody moves a switch.
CREATE TABLE app.choices
(
    user_id             String,
    training_opt_out    Nullable(Bool),
    team_allowed        Nullable(Bool),
    review_opt_out      Nullable(Bool),
    statistics_opt_out  Nullable(Bool)
)
ENGINE = ReplacingMergeTree
ORDER BY user_id;

CREATE TABLE app.messages
(
    user_id       String,
    text          String,
    answer        String,
    lang          String,
    tone          String,
    upload        String,
    search_words  String,
    flag          String,
    rating        String,
    comment       String,
    sent_at       DateTime
)
ENGINE = MergeTree
ORDER BY (user_id, sent_at)
TTL sent_at + INTERVAL 18 MONTH DELETE;

CREATE TABLE app.mailboxes
(
    user_id     String,
    content     String,
    fetched_at  DateTime
)
ENGINE = MergeTree
ORDER BY user_id
TTL fetched_at + INTERVAL 1 DAY DELETE;

CREATE TABLE app.events
(
    user_id  String,
    feature  String,
    day      Date,
    lang     String
)
ENGINE = MergeTree
ORDER BY (day, feature)
TTL day + INTERVAL 90 DAY DELETE;

-- The exports that training and review are made from. The second TTL is for all who refused, or
-- whose choice is not known.
CREATE TABLE exports.chats
(
    user_id           String,
    text              String,
    answer            String,
    lang              String,
    tone              String,
    plan              String,
    age_group         String,
    training_opt_out  Nullable(Bool),
    exported_at       DateTime
)
ENGINE = MergeTree
ORDER BY user_id
TTL exported_at + INTERVAL 90 DAY DELETE,
    exported_at + INTERVAL 30 DAY DELETE WHERE ifNull(training_opt_out, true);

CREATE TABLE exports.ratings
(
    user_id           String,
    text              String,
    answer            String,
    thumb             String,
    comment           String,
    plan              String,
    age_group         String,
    training_opt_out  Nullable(Bool),
    exported_at       DateTime
)
ENGINE = MergeTree
ORDER BY user_id
TTL exported_at + INTERVAL 90 DAY DELETE,
    exported_at + INTERVAL 30 DAY DELETE WHERE ifNull(training_opt_out, true);

CREATE TABLE exports.flagged
(
    user_id      String,
    text         String,
    answer       String,
    flag         String,
    exported_at  DateTime
)
ENGINE = MergeTree
ORDER BY user_id
TTL exported_at + INTERVAL 30 DAY DELETE;

CREATE TABLE reports.usage
(
    feature  String,
    day      Date,
    lang     String,
    times    UInt64
)
ENGINE = MergeTree
ORDER BY (day, feature);
