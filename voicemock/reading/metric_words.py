"""The words that tell what a number measures: its unit, and what is said around it."""

__all__ = [
    "AGED",
    "AROUND",
    "BACK_THEN",
    "CLOCK_BEFORE",
    "COMPARED",
    "DURATIONS",
    "HAS_AGE",
    "IS",
    "LEFT",
    "MORE",
    "NOW",
    "NUMBERED",
    "PERSONS",
    "RATES",
    "TIMES_OF_DAY",
    "TRIED_ON",
    "UNITS",
    "WHEN_AFTER",
    "WHEN_BEFORE",
]

from voicemock.reading.text import word_set

UNIT_KINDS = {
    "seconds": word_set("second seconds sec secs ms millisecond milliseconds s microseconds"),
    "minutes": word_set("minute minutes min mins hour hours hrs"),
    "days": word_set("day days night nights week weeks weekend weekends fortnight sprint sprints"),
    "months": word_set("month months quarter quarters year years season seasons summer summers spring springs"),
    "percent": word_set("percent % percentage points"),
    "money": word_set(
        "dollar dollars pound pounds euro euros quid bucks rupee rupees rand grand cents cent pence yen yuan "
        "naira peso pesos real reais krona zloty dinar francs lira dirhams usd gbp eur"
    ),
    "times": word_set("times time x fold nines nine"),
    "data": word_set("gig gigs giga gigas gigabytes gb tb terabytes megabytes mb meg kilobytes kb petabytes pb megs"),
    "distance": word_set("miles mile kilometers kilometres km metres meters feet tons tonnes kilos litres"),
    "staff": word_set(
        "people engineers developers devs persons managers juniors seniors leads guys folks reports testers "
        "designers programmers architects contractors men women interns hires nurses directors analysts"
    ),
    "items": word_set(
        "things thing options option ways way reasons pillars steps step layers teams team services questions "
        "words pages page projects stages rounds round interviews meetings meeting candidates modules streams "
        "versions stores parts kinds groups group rules lines charts chairs floors boxes tables jobs topics lists "
        "copies apps sites offices product products areas buckets categories phases sets sections choices sides "
        "cities countries chapters sentences slides workshops sessions lunches coffees calls emails systems "
        "databases regions clusters servers columns fields levels roles hats squads tribes offers places"
    ),
}
UNITS = {unit: kind for kind, units in UNIT_KINDS.items() for unit in units}
AROUND = {
    "falls": word_set(
        "dropped drop drops fell fall falls falling went go goes gone came come cut cuts reduced shrank shrunk "
        "lower down less fewer halved saved save saves slower faster cheaper quicker worse better improved rose "
        "rise grew grow grown increased increase up doubled tripled higher climbed jumped quarter reduction "
        "improvement gain"
    ),
    "costs": word_set(
        "cost costs costing spent spend spending paid pay paying budget bill worth lost lose losing saving save "
        "price fine penalty"
    ),
    "waits": word_set(
        "wait waited waiting late delay delayed delays behind latency response load loads takes took take taking "
        "open opens down outage downtime hold stuck slow recover recovered restore restored back p99 p95 median "
        "average"
    ),
    "serves": word_set(
        "customers users serve serves served handle handles handled traffic requests orders transactions load "
        "peak affected hit process processes processed per carries"
    ),
    "tenure": word_set(
        "been experience joined started worked working since old aged career ago graduated married tenure years "
        "year managed managing manager employed"
    ),
    "plans": word_set(
        "every meeting met meet scheduled schedule deadline due plan planned roadmap sprint first next last "
        "another weekly daily notice later after before until rota shift"
    ),
    "counts": word_set(
        "there were was had have got of us them our team split between different separate both either choose list"
    ),
}
NUMBERED = word_set(
    "version release java python angular postgres kotlin level phase page section chapter tier ward floor number "
    "step type item platform track room route gate line season grade stage line flight oauth spring web ios "
    "android http ipv"
)
WHEN_AFTER = word_set("ago old older younger experience straight in")
WHEN_BEFORE = word_set("first last next every these past previous coming following other another each")
MORE = word_set(
    "late later earlier behind over faster slower cheaper better worse quicker less fewer more longer shorter higher "
    "lower early overdue improvement reduction increase drop saved uptime availability"
)
COMPARED = word_set("the of as more less faster slower what normal our bigger smaller larger better than cheaper")
TIMES_OF_DAY = word_set("mornings evenings afternoons nights days lunches meetings sessions hours")
LEFT = word_set("left leave leaving quit quitting resigned lost lose losing asked stayed retained promoted churned")
NOW = word_set("now today currently nowadays since anymore these")
BACK_THEN = word_set("used before previously was were had")
IS = word_set("is it's was are were be that's")
PERSONS = word_set("he she i who they him them")
AGED = word_set("was is were am turned like")
HAS_AGE = word_set("he's she's i'm i who's")
TRIED_ON = word_set(
    "rolled roll rolling rollout tried try trying canary pilot piloted piloting flag ramp ramped exposed"
)
CLOCK_BEFORE = word_set("at by until till from before after around since past to o'clock")
DURATIONS = ("seconds", "minutes", "days", "months")
RATES = ("a", "an", "per", "each", "every")
