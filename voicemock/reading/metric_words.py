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

from voicemock.reading.text import words

UNIT_KINDS = {
    "seconds": words("second seconds sec secs ms millisecond milliseconds s microseconds"),
    "minutes": words("minute minutes min mins hour hours hrs"),
    "days": words("day days night nights week weeks weekend weekends fortnight sprint sprints"),
    "months": words("month months quarter quarters year years season seasons summer summers spring springs"),
    "percent": words("percent % percentage points"),
    "money": words(
        "dollar dollars pound pounds euro euros quid bucks rupee rupees rand grand cents cent pence yen yuan "
        "naira peso pesos real reais krona zloty dinar francs lira dirhams usd gbp eur"
    ),
    "times": words("times time x fold nines nine"),
    "data": words("gig gigs giga gigas gigabytes gb tb terabytes megabytes mb meg kilobytes kb petabytes pb megs"),
    "distance": words("miles mile kilometers kilometres km metres meters feet tons tonnes kilos litres"),
    "staff": words(
        "people engineers developers devs persons managers juniors seniors leads guys folks reports testers "
        "designers programmers architects contractors men women interns hires nurses directors analysts"
    ),
    "items": words(
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
    "falls": words(
        "dropped drop drops fell fall falls falling went go goes gone came come cut cuts reduced shrank shrunk "
        "lower down less fewer halved saved save saves slower faster cheaper quicker worse better improved rose "
        "rise grew grow grown increased increase up doubled tripled higher climbed jumped quarter reduction "
        "improvement gain"
    ),
    "costs": words(
        "cost costs costing spent spend spending paid pay paying budget bill worth lost lose losing saving save "
        "price fine penalty"
    ),
    "waits": words(
        "wait waited waiting late delay delayed delays behind latency response load loads takes took take taking "
        "open opens down outage downtime hold stuck slow recover recovered restore restored back p99 p95 median "
        "average"
    ),
    "serves": words(
        "customers users serve serves served handle handles handled traffic requests orders transactions load "
        "peak affected hit process processes processed per carries"
    ),
    "tenure": words(
        "been experience joined started worked working since old aged career ago graduated married tenure years "
        "year managed managing manager employed"
    ),
    "plans": words(
        "every meeting met meet scheduled schedule deadline due plan planned roadmap sprint first next last "
        "another weekly daily notice later after before until rota shift"
    ),
    "counts": words(
        "there were was had have got of us them our team split between different separate both either choose list"
    ),
}
NUMBERED = words(
    "version release java python angular postgres kotlin level phase page section chapter tier ward floor number "
    "step type item platform track room route gate line season grade stage line flight oauth spring web ios "
    "android http ipv"
)
WHEN_AFTER = words("ago old older younger experience straight in")
WHEN_BEFORE = words("first last next every these past previous coming following other another each")
MORE = words(
    "late later earlier behind over faster slower cheaper better worse quicker less fewer more longer shorter higher "
    "lower early overdue improvement reduction increase drop saved uptime availability"
)
COMPARED = words("the of as more less faster slower what normal our bigger smaller larger better than cheaper")
TIMES_OF_DAY = words("mornings evenings afternoons nights days lunches meetings sessions hours")
LEFT = words("left leave leaving quit quitting resigned lost lose losing asked stayed retained promoted churned")
NOW = words("now today currently nowadays since anymore these")
BACK_THEN = words("used before previously was were had")
IS = words("is it's was are were be that's")
PERSONS = words("he she i who they him them")
AGED = words("was is were am turned like")
HAS_AGE = words("he's she's i'm i who's")
TRIED_ON = words("rolled roll rolling rollout tried try trying canary pilot piloted piloting flag ramp ramped exposed")
CLOCK_BEFORE = words("at by until till from before after around since past to o'clock")
DURATIONS = ("seconds", "minutes", "days", "months")
RATES = ("a", "an", "per", "each", "every")
