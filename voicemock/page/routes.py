"""Every address of the page, in one list."""

__all__ = ["ROUTES"]

from voicemock.page import compare, plan, practise, questions, review, sessions, settings, stories, tailor, telephone
from voicemock.page.reply import Route
from voicemock.page.start import start

ROUTES: tuple[Route, ...] = (
    Route("/", start),
    Route("/practise", practise.practise),
    Route("/practise/devices", practise.devices),
    Route("/practise/sample", practise.sample),
    Route("/practise/voice/{number}", practise.spoken),
    Route("/practise/level", practise.try_microphone, act=True),
    Route("/practise/begin", practise.begin, act=True),
    Route("/plan", plan.plan),
    Route("/plan/set", plan.set_plan, act=True),
    Route("/plan/forget", plan.forget, act=True),
    Route("/sessions", sessions.sessions),
    Route("/sessions/{id}", sessions.session),
    Route("/sessions/{id}/report", sessions.document),
    Route("/sessions/{id}/figures", sessions.figures),
    Route("/sessions/{id}/judge", sessions.judge_finding, act=True),
    Route("/sessions/{id}/delete", sessions.delete, act=True),
    Route("/progress", sessions.progress),
    Route("/progress/page", sessions.progress_document),
    Route("/compare", compare.answered_questions),
    Route("/compare/{id}", compare.takes),
    Route("/compare/{id}/page", compare.takes_document),
    Route("/questions", questions.question_sets),
    Route("/questions/{id}", questions.question_set),
    Route("/questions/{id}/edit", questions.edit_set),
    Route("/questions/{id}/check", questions.check_set, act=True),
    Route("/questions/{id}/save", questions.save_set, act=True),
    Route("/stories", stories.stories),
    Route("/stories/add", stories.add, act=True),
    Route("/stories/{id}", stories.story),
    Route("/stories/{id}/keep", stories.keep, act=True),
    Route("/tailor", tailor.tailor),
    Route("/tailor/read", tailor.read, act=True, raw=True),
    Route("/tailor/keep", tailor.keep, act=True),
    Route("/tailor/forget", tailor.forget, act=True),
    Route("/review", review.review),
    Route("/review/batch", review.batch, act=True),
    Route("/telephone", telephone.telephone),
    Route("/settings", settings.settings),
    Route("/settings/doctor", settings.doctor),
    Route("/settings/change", settings.change, act=True),
)
