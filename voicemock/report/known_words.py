"""Words with a capital that give nobody away: those any sentence may hold, and those of the trade."""

__all__ = ["COMMON", "KNOWN", "word_set"]


def word_set(listed: str) -> frozenset[str]:
    """Return the words of a list written out with spaces, without loading the reading as ``reading.text`` does."""
    return frozenset(listed.split())


COMMON = word_set(
    """
    a about above across actually after afterwards again against ago all almost along already also although always
    am an and another any anybody anyone anything are aren't around as at away back basically be because been before
    being below besides between both but by came can can't cannot certainly clearly could couldn't definitely did
    didn't do does doesn't doing don't done down during each either else essentially eventually even every everybody
    everyone everything exactly except fair few finally first five for four from fortunately frankly further
    generally get getting give given go going good got had hadn't has hasn't have haven't having he he'd he'll he's
    hence her here here's hers herself hey hi him himself his honestly how how's however hundred i i'd i'll i'm i've
    if in indeed initially instead into is isn't it it'd it'll it's its itself just knowing last lastly later least
    less let let's like likewise literally looking luckily made make many maybe me meanwhile mine more moreover most
    mostly much my myself naturally nearly neither never nevertheless next nine no nobody none nor normally not
    nothing now obviously occasionally of off often oh ok okay on once one only onto or originally other others
    otherwise our ours ourselves out over overall own particularly perhaps personally please plus previously
    probably quite rather really right roughly sadly same second secondly seven several shall she she'd she'll she's
    should shouldn't similarly simply since six so some somebody somehow someone something sometimes somewhere soon
    sorry still such suddenly sure ten than thank thanks that that'd that'll that's the their theirs them themselves
    then there there'd there'll there's therefore these they they'd they'll they're they've third thirdly this those
    though three through throughout thus till to today together tomorrow tonight too toward towards two typically
    ultimately under unfortunately unless unlike until up upon us usually very was wasn't we we'd we'll we're we've
    well were weren't what what'd what's whatever when whenever where whereas wherever whether which while who who's
    whoever whole whom whose why with within without won't would wouldn't yeah yep yes yesterday yet you you'd
    you'll you're you've your yours yourself yourselves ah eh ehm er erm err euh hm hmm mhm mm mmm uh uhh uhm um umm
    """
)
"""Never names, whatever their case; left without a word."""

KNOWN = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays
    sundays january february march april may june july august september october november december christmas easter
    thanksgiving english american european ai api apis aws b2b b2c cd ceo cfo ci cio cpo cpu cs cso cto db devops
    dns em ems eng etl eu fte gcp gdpr gpu hr html http https ic ics id ids ide ios ip it json kpi kpis kubernetes
    k8s linux llm llms ml mttr mvp nps okr okrs ops p&l pdf phd pm pms po poc pr prd prs qa qps r&d ram rca rest rfc
    rfcs roi rpc saas sdk sdlc sev sla slas sli slis slo slos sms soc sql sre sres ssd ssl sso star svp swe tcp tdd
    tls tpm ui uk unix uptime url urls us usa ux vm vms vp vps wip xml yaml cobol coo cv cvs excel god gps grpc md
    mr mrs ms mqtt nosql sim tv agile android angular ansible bash docker elasticsearch gherkin git go golang gradle
    grafana graphql hadoop haskell helm java javascript jenkins kafka kanban kotlin lambda maven mongodb mysql nginx
    node nodejs php postgres postgresql prometheus python rabbitmq react redis ruby rust scala scrum spark swift
    terraform typescript vue windows
    """
)
"""Days, months, short words of the trade, common tools: left, and told."""
