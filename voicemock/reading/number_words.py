"""The words that tell what a number is a number of."""

__all__ = [
    "COMPANY",
    "CUES",
    "CUES_OF_A_SHARE",
    "DOWN",
    "ERRORS",
    "FAILED",
    "FAULTS",
    "LONGER",
    "MONEY",
    "NO_FAULT",
    "NO_NOUN",
    "OUTAGE",
    "PEOPLE",
    "SECONDS",
    "SHARE",
    "SHORT",
    "SLOW",
    "SPEED",
    "STAFF",
    "THROUGHPUT",
    "USE",
    "USERS",
]

from voicemock.reading.text import word_set
from voicemock.schema import NumberKind

MONEY = word_set(
    "$ £ € dollar dollars buck bucks pound pounds quid euro euros cent cents rupee rupees yen franc francs usd eur"
    " gbp grand mrr arr rand krona kronor kroner nok sek dkk zloty leva lei lira peso pesos centavos reais yuan rubles"
    " shekel shekels dirham dirhams baht naira shilling shillings"
)
SHARE = word_set("% percent percentage")
SHORT = word_set("ms millis millisecond milliseconds microsecond microseconds nanosecond nanoseconds")
SECONDS = word_set("s sec secs second seconds")
LONGER = word_set(
    "min mins minute minutes h hr hrs hour hours day days night nights week weeks weekend weekends month months quarter"
    " quarters year years sprint sprints decade decades"
)
THROUGHPUT = word_set("qps rps tps")
ERRORS = word_set(
    "error errors failure failures bug bugs defect defects crash crashes exception exceptions timeout timeouts incident"
    " incidents outage outages regression regressions"
)
USERS = word_set(
    "user users customer customers client clients subscriber subscribers shopper shoppers visitor visitors account"
    " accounts viewer viewers buyer buyers merchant merchants patient patients household households dau mau"
)
STAFF = word_set(
    "engineer engineers developer developers manager managers employee employees hire hires candidate"
    " candidates intern interns designer designers tester testers colleague colleagues junior juniors senior seniors"
    " headcount contractor contractors recruiter recruiters interviewer interviewers analyst analysts applicant"
    " applicants"
)
PEOPLE = word_set("people folks men women person member members student students")
COMPANY = word_set("company staff organisation organization department employed hired office team teams division")
USE = word_set("use uses using sign signed signup waitlist waiting bought buy download downloaded logged")
"""Where "people" are those a thing is for."""

SPEED = word_set("latency latencies p50 p90 p95 p99 percentile response")
"""Words that make even minutes a latency: a build that takes forty minutes is slow, and still a time."""
SLOW = SPEED | word_set(
    "responses respond responded slow slower slowest fast faster load loads loaded loading render rendered query"
    " queries request requests page checkout api answer answers answered"
)
"""Words that make seconds a latency."""
DOWN = word_set("downtime unavailable uptime offline")
OUTAGE = word_set("outage outages")

FAULTS = word_set("error errors failure failures defect defects crash crashes bug bugs timeouts")
FAILED = word_set("failed fail fails failing defective")
NO_FAULT = word_set("mode modes message messages code codes page pages handling budget budgets rate report reports")
"""After "error" and "failure", they are what is counted."""
CUES: dict[NumberKind, frozenset[str]] = {
    NumberKind.AVAILABILITY: word_set("uptime availability nines"),
    NumberKind.ERRORS: ERRORS,
    NumberKind.LATENCY: SPEED,
    NumberKind.MONEY: word_set(
        "revenue budget cost costs bill bills spend spent spending salary salaries savings saving saved price priced"
        " profit margin arr mrr turnover invoice invoices paid pay raise raised raising fund funding funded"
        " donations contribute contributed invested"
    ),
    NumberKind.USERS: USERS,
}
"""Words before a bare number that tell what it is of."""
CUES_OF_A_SHARE: dict[NumberKind, frozenset[str]] = {
    NumberKind.AVAILABILITY: word_set("uptime downtime availability nines"),
    NumberKind.ERRORS: FAULTS | FAILED,
    NumberKind.LATENCY: SPEED - {"response"},
}
"""The same of percentages: "40 percent of users" is no number of users."""
NO_NOUN = word_set(
    "a an the and or but so to of in on at for with by from as than that this is was were are be had has have i we he"
    " she they it you who which when because if while per each every last next over under after before during within us"
)
