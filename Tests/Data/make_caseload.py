#!/usr/bin/env python3
"""Makes synthetic caseloads, and counts what the status report must say of one.

  make_caseload.py --seed 7 --families 40 > caseload.jsonl       another caseload of the same form
  make_caseload.py --seed 7 --families 40 --expect 2020-07-01    its figures on that date, as JSON
  make_caseload.py --input caseload-2020.jsonl --expect 2020-07-01 --from 2020-05-01

The same seed and options always make the same lines. No person in them exists.

How each figure is counted. AT is the date after --expect, FROM the date after --from (without it, the
day of the first event). Everything goes by the day on which it happened, AT and FROM included; the
order of the lines means nothing. Counting is written apart from the program that it tests.

  children_ever      distinct children named by an `enrolled` event on or before AT
  families_ever      distinct families with an `enrolled` event on or before AT
  children_enrolled  children named by an `enrolled` event on or before AT that is later than the last
                     `discharged` event of their family on or before AT; a discharge ends the enrolment
                     of all the family's children, also of one enrolled on the same day
  families_enrolled  families with at least one such child
  families_discharged
                     families ever enrolled with a `discharged` event on or before AT and no `enrolled`
                     event after the last of them: families_ever = families_enrolled + families_discharged
  families_enrolled_in_period
                     distinct families with an `enrolled` event from FROM to AT that were not enrolled
                     on the day before it: a family that comes back counts, a sibling who joins does not
  assessment_meetings, analysis_meetings
                     `assessment_meeting` and `analysis_meeting` events on or before AT, since the start
  families_offered   distinct families with an `offered` event on or before AT
  families_declined  distinct families with a `declined` event on or before AT, whatever came later
"""

import argparse
import json
import random
import sys
from datetime import date, timedelta

DAY = timedelta(days=1)
MUNICIPALITIES = ["Ishøj", "Vallensbæk"]
SOURCES = ["citizen", "health_visitor", "hospital", "rehabilitation"]
LAWS = ["serviceloven", "folkeskoleloven", "dagtilbudsloven", "lov om aktiv beskæftigelsesindsats"]
SENDERS = ["day-care", "health_visitor", "hospital", "region", "rehabilitation"]
NEWS = [
    "absence rising",
    "epilepsy medicine changed",
    "feeding tube changed",
    "good progress",
    "new examination date",
    "walking aid refused",
]
WISHES = [
    "a day-care place that can care for the child",
    "a safe home",
    "aids for bathing",
    "help for the sibling",
    "keep contact with work",
    "one person to call",
    "respite at weekends",
    "school start plan",
    "sleep at night",
    "speech training",
]
ACTORS = ["aids-coordinator", "coordinator", "day-care", "psychologist-1", "speech-hearing-1"]
TRIGGERS = ["divorce", "family_increase", "school_start", "worsening"]
TEAM = ["psychologist-1", "speech-hearing-1"]


# --- counting -------------------------------------------------------------------------------------


class Caseload:
    """Events by day, asked what was the case at the end of a day."""

    def __init__(self, events):
        self.events = [(date.fromisoformat(event["date"]), event) for event in events]

    def of(self, kind, at, since=date.min):
        return [(day, event) for day, event in self.events if event["event"] == kind and since <= day <= at]

    def families(self, kind, at):
        return {event["family"] for _, event in self.of(kind, at)}

    def children_ever(self, at):
        return {child for _, event in self.of("enrolled", at) for child in event["children"]}

    def enrolled(self, at):
        """Pairs of family and child that are enrolled at the end of that day."""
        discharged = {}
        for day, event in self.of("discharged", at):
            discharged[event["family"]] = max(day, discharged.get(event["family"], date.min))
        return {
            (event["family"], child)
            for day, event in self.of("enrolled", at)
            for child in event["children"]
            if day > discharged.get(event["family"], date.min)
        }

    def families_enrolled(self, at):
        return {family for family, _ in self.enrolled(at)}

    def report(self, at, since):
        since = since or min((day for day, _ in self.events), default=at)
        ever = self.families("enrolled", at)
        enrolled = self.families_enrolled(at)
        came_in = {
            event["family"]
            for day, event in self.of("enrolled", at, since)
            if event["family"] not in self.families_enrolled(day - DAY)
        }
        return {
            "children_ever": len(self.children_ever(at)),
            "families_ever": len(ever),
            "children_enrolled": len({child for _, child in self.enrolled(at)}),
            "families_enrolled": len(enrolled),
            "families_discharged": len((ever & self.families("discharged", at)) - enrolled),
            "families_enrolled_in_period": len(came_in),
            "assessment_meetings": len(self.of("assessment_meeting", at)),
            "analysis_meetings": len(self.of("analysis_meeting", at)),
            "families_offered": len(self.families("offered", at)),
            "families_declined": len(self.families("declined", at)),
        }


# --- making ---------------------------------------------------------------------------------------


class Maker:
    """Plays families through the case flow; events after the end are left out."""

    def __init__(self, options):
        self.random = random.Random(options.seed)
        self.options = options
        self.events = []

    def make(self):
        roles = ["declined"] * self.options.declined + ["enrolled"] * self.options.families
        self.random.shuffle(roles)
        enrolled = [f"F{number:02}" for number in range(1, self.options.families + 1)]
        leaving = set(self.random.sample(enrolled, self.options.discharged))
        returning = set(self.random.sample(sorted(leaving), self.options.returning))
        names = {
            "declined": iter(f"D{n:02}" for n in range(1, self.options.declined + 1)),
            "enrolled": iter(enrolled),
        }
        for role in roles:
            name = next(names[role])
            offered, children = self.ask(name, role == "enrolled")
            if role == "declined":
                self.add(offered + 7 * DAY, "declined", name)
            else:
                self.follow(name, offered, children, name in leaving, name in returning)
        self.status_meetings()
        self.events.sort(key=lambda event: event["date"])
        if self.options.shuffle:
            self.random.shuffle(self.events)
        return self.events

    def add(self, day, kind, family, /, **rest):
        """Adds an event on that day or the next working day, and gives the day."""
        while day.weekday() > 4:
            day += DAY
        if day <= self.options.end:
            self.events.append({"date": day.isoformat(), "event": kind, "family": family, **rest})
        return day

    def days(self, least, most):
        return self.random.randint(least, most) * DAY

    def ask(self, family, accepts):
        """From inquiry to offer; gives the day of the offer and the children's ids."""
        span = (self.options.end - self.options.start).days * 3 // 4
        inquiry = self.options.start + self.days(0, max(span, 0))
        children = [
            {"child": f"{family}-{letter}", "born": (inquiry - self.days(30, 6 * 365)).isoformat()}
            for letter in "abcdefgh"[: self.random.randint(1, self.options.siblings)]
        ]
        place = self.random.choice(MUNICIPALITIES)
        source = self.random.choice(SOURCES)
        day = self.add(inquiry, "inquiry", family, source=source, children=children, municipality=place)
        if accepts:
            day = self.eligibility(family, day + 2 * DAY, max(child["born"] for child in children))
        return self.add(day + self.days(0, 2), "offered", family), [child["child"] for child in children]

    def eligibility(self, family, day, youngest_born):
        automatic = (day - date.fromisoformat(youngest_born)).days < 2 * 365
        several, affected = self.random.choice([(True, True), (True, False), (False, True)])
        return self.add(
            day,
            "eligibility",
            family,
            rule="automatic" if automatic else "criteria",
            several_laws=None if automatic else several,
            daily_life_affected=None if automatic else affected,
            laws=self.random.sample(LAWS, 2),
        )

    def follow(self, family, offered, children, leaves, returns):
        """From enrolment onwards: contacts, news, meetings, and for some the end and a new beginning."""
        begin = self.enrol(family, offered + self.days(3, 35), children)
        end = begin + self.days(60, 240) if leaves else self.options.end
        self.every(begin, end, (14, 32), lambda day: self.contact(family, day))
        self.every(begin, end, (14, 50), lambda day: self.news(family, day))
        if self.random.random() < 0.5:
            self.plan(family, begin + self.days(30, 90), end)
        if self.random.random() < self.options.analysis:
            self.analysis(family, begin + self.days(90, 150), end)
        if self.random.random() < 0.3:
            self.change(family, begin + self.days(60, 300), end)
        if leaves:
            end = self.add(end, "discharged", family, reason="case could be closed")
            if returns:
                self.enrol(family, end + self.days(10, 90), children)

    def enrol(self, family, day, children):
        day = self.add(day, "enrolled", family, children=children)
        coordinator = self.random.choice(["coordinator-1", "coordinator-2"])
        return self.add(day, "allocated", family, coordinator=coordinator, team=TEAM)

    def every(self, begin, end, spacing, act):
        day = begin + self.days(*spacing)
        while day < end - 3 * DAY:  # a weekend may put it off, and never beyond the end
            act(day)
            day += self.days(*spacing)

    def contact(self, family, day):
        kind = self.random.choice(["home_visit", "meeting", "phone"])
        self.add(day, "family_contact", family, kind=kind, by="coordinator")

    def news(self, family, day):
        urgency = "urgent" if self.random.random() < 0.2 else "normal"
        sender, text = self.random.choice(SENDERS), self.random.choice(NEWS)
        self.add(day, "external_update", family, sender=sender, urgency=urgency, text=text)

    def plan(self, family, day, end):
        wishes = self.random.sample(WISHES, 4)
        if day + 20 * DAY >= end:
            return
        day = self.add(
            day,
            "assessment_meeting",
            family,
            participants=["coordinator", self.random.choice(TEAM), "parents"],
            ics={"childs_development": "…", "parenting": "…", "family_and_network": "…"},
            family_priorities=wishes,
            team_expected_first=self.random.choice(WISHES),
        )
        goals = [
            {"goal": wish, "family_rank": rank, "actors": [self.random.choice(ACTORS)]}
            for rank, wish in enumerate(wishes[:3], 1)
        ]
        self.add(day + 14 * DAY, "plan_agreed", family, version=1, goals=goals)

    def analysis(self, family, day, end):
        if day + 3 * DAY < end:
            self.add(day, "analysis_meeting", family, participants=["coordinator", *TEAM])

    def change(self, family, day, end):
        if day + 3 * DAY < end:
            trigger, confirmed = self.random.choice(TRIGGERS), self.random.random() < 0.5
            reason = "assessed by the coordinator"
            self.add(day, "major_change", family, trigger=trigger, confirmed=confirmed, reason=reason)

    def status_meetings(self):
        day = self.options.start + 60 * DAY
        while day <= self.options.end:
            self.add(day, "status_meeting", "*")
            day += 14 * DAY


# --- the command ----------------------------------------------------------------------------------


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    day = date.fromisoformat
    parser.add_argument("--input", metavar="FILE", help="count this caseload, make none")
    parser.add_argument("--expect", metavar="DATE", type=day, help="print the figures on this date instead")
    parser.add_argument("--from", dest="since", metavar="DATE", type=day, help="first day of the period")
    parser.add_argument("--out", metavar="FILE", help="write the caseload here (standard output)")
    parser.add_argument("--seed", type=int, default=1, help="what the caseload is drawn from (1)")
    parser.add_argument("--families", type=int, default=23, help="families enrolled sooner or later (23)")
    parser.add_argument("--declined", type=int, default=1, help="families that decline (1)")
    parser.add_argument("--discharged", type=int, default=1, help="enrolled families that leave (1)")
    parser.add_argument("--returning", type=int, default=0, help="of those, enrolled once more (0)")
    parser.add_argument("--siblings", type=int, default=3, help="most children of a family, up to 8 (3)")
    parser.add_argument("--analysis", type=float, default=0, help="share with an analysis meeting (0)")
    parser.add_argument("--start", type=day, default=date(2019, 9, 2), help="first day (2019-09-02)")
    parser.add_argument("--end", type=day, default=date(2020, 9, 30), help="last day (2020-09-30)")
    parser.add_argument("--shuffle", action="store_true", help="lines in no order of days")
    given = parser.parse_args()
    if not 0 <= given.returning <= given.discharged <= given.families:
        parser.error("--returning is at most --discharged, and that at most --families")
    if not 1 <= given.siblings <= 8:
        parser.error("--siblings is 1 to 8")
    if given.since and not given.expect:
        parser.error("--from goes with --expect")
    return given


def main():
    given = arguments()
    if given.input:
        with open(given.input, encoding="utf-8") as file:
            events = [json.loads(line) for line in file if line.strip()]
    else:
        events = Maker(given).make()
    lines = "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events)
    if given.out:
        with open(given.out, "w", encoding="utf-8") as file:
            file.write(lines)
    if given.expect:
        print(json.dumps(Caseload(events).report(given.expect, given.since)))
    elif not given.out:
        sys.stdout.write(lines)


if __name__ == "__main__":
    main()
