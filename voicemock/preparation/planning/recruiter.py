"""What to ask the recruiter before the interview: each changes how to prepare."""

__all__ = ["CHECKLIST"]

CHECKLIST = (
    "Which rounds are there, how long is each, and in which order?",
    "Who is in the loop: which jobs do they do, and does one of them sit outside the team?",
    "On a call or on site? Which call program, and may you share your screen?",
    "Will you draw? On a whiteboard, or in which tool? Practise with that one.",
    "May you choose the project for the deep dive? Choose it now, and draw it once.",
    "Is there any coding, or a task to do at home?",
    "What is each round judged by: does the firm publish its principles or a guide?",
    "May you use notes?",
    "Which level and which team is it for, and is that still open?",
    "Who answers afterwards, and by when?",
)
"""In our words; the tools and the choice of project are what the articles say to ask for."""
