-- Which features people use (ClickHouse). A group that fewer than 50 people are behind is left out.
INSERT INTO reports.usage
SELECT e.feature, e.day, e.lang, count(*)
FROM app.events AS e
INNER JOIN app.choices AS c ON c.user_id = e.user_id
WHERE c.statistics_opt_out = false
GROUP BY e.feature, e.day, e.lang
HAVING count(DISTINCT e.user_id) >= 50;
