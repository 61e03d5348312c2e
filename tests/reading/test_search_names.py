"""Names in any spelling and script. The list was written down after the rules, of how people are credited."""

import datetime as dt
from collections.abc import Mapping

import pytest
from django.utils import timezone

from articles.models import SearchName, Subject, Tag, TagAlias
from articles.reading import selectors
from articles.text import romanised
from tests import make

#: In Hangul, and as the credits or the press have it.
CREDITED: Mapping[str, str] = {
    "송강호": "Song Kang-ho",
    "전도연": "Jeon Do-youn",
    "김혜수": "Kim Hye-soo",
    "최민식": "Choi Min-sik",
    "공유": "Gong Yoo",
    "마동석": "Ma Dong-seok",
    "전지현": "Jun Ji-hyun",
    "손예진": "Son Ye-jin",
    "김수현": "Kim Soo Hyun",
    "박서준": "Park Seo-joon",
    "이민호": "Lee Min Ho",
    "조인성": "Zo In-sung",
    "강동원": "Gang Dong-won",
    "황정민": "Hwang Jung-min",
    "하정우": "Ha Jung-woo",
    "김태리": "Kim Tae-ri",
    "한지민": "Han Jimin",
    "정우성": "Jung Woo-sung",
    "염정아": "Yum Jung-ah",
    "문소리": "Moon So-ri",
    "윤여정": "Youn Yuh-jung",
    "박해일": "Park Hae-il",
    "이정재": "Lee Jung-jae",
    "조정석": "Cho Jung-seok",
    "유재명": "Yoo Jae-myung",
    "오영수": "Oh Young-soo",
    "허성태": "Heo Sung-tae",
    "위하준": "Wi Ha-joon",
    "정호연": "Hoyeon Jung",
    "박은빈": "Park Eun-bin",
    "강태오": "Kang Tae-oh",
    "서강준": "Seo Kang Joon",
    "남주혁": "Nam Joo-hyuk",
    "신세경": "Shin Se-kyung",
    "김고은": "Kim Go-eun",
    "임윤아": "Lim Yoona",
    "곽도원": "Kwak Do-won",
    "류승룡": "Ryoo Seung-ryong",
    "변요한": "Byun Yo-han",
    "엄지원": "Uhm Ji-won",
}
#: People of nearly the same name.
OTHERS = (
    "김수연",
    "한지만",
    "조정식",
    "전지훈",
    "박서진",
    "이민하",
    "강동완",
    "정우선",
    "윤여진",
    "손예지",
    "남주현",
    "엄지은",
)


@pytest.fixture(scope="module")
def people(module_db) -> None:
    assert len(CREDITED) == 40
    author = make.author()
    for days, name in enumerate((*CREDITED, *OTHERS)):
        make.edition(
            title="A life on stage and screen",
            subject=make.subject(name=name, kind=Subject.Kind.PERSON).slug,
            authors=(author.slug,),
            cards=(make.card(heading="Born in spring", body="Nobody knows the day."),),
            faqs=(),
            at=timezone.now() - dt.timedelta(days=days + 1),
        )


def first(question: str) -> str:
    answer = selectors.ask(question, timezone.now())
    hits = selectors.hits(answer.matches[:1])
    return hits[0].subject.name if hits else ""


def test_nine_of_ten_are_found_first_by_the_way_they_are_credited(people: None):
    missed = [(spelling, first(spelling)) for name, spelling in CREDITED.items() if first(spelling) != name]
    assert len(missed) <= 4, missed


def test_all_are_found_first_in_their_own_script(people: None):
    assert [name for name in CREDITED if first(name) != name] == []
    assert [name for name in CREDITED if first(f"{name}이") != name] == []


@pytest.mark.django_db
def test_a_new_name_is_found_at_once_and_the_old_one_no_more(client):
    make.edition(cards=(make.card(heading="Nineteen lamps"),), title="Lamps", tags=())
    subject = Subject.objects.get()
    assert first("night ferry") == "Night Ferry"
    subject.name, subject.other_names = "Morning Boat", ["Barco"]
    subject.save()
    assert first("morning boat") == first("barco") == "Morning Boat"
    assert first("night ferry") == ""


@pytest.mark.django_db
def test_an_alias_goes_with_its_tag():
    make.edition(cards=(make.card(heading="Nineteen lamps", tags=("Boats",)),), title="Lamps", tags=())
    tag, other = Tag.objects.get(name="Boats"), Tag.objects.create(name="Elsewhere")
    alias = TagAlias.objects.create(tag=tag, name="배")
    assert first("배") == "Night Ferry"
    TagAlias.objects.filter(pk=alias.pk).update(tag=other)
    assert first("배") == ""
    alias.delete()
    assert not SearchName.objects.filter(alias__isnull=False).exists()


@pytest.mark.parametrize(
    ("hangul", "spellings"),
    [
        ("지훈", ["Ji-hoon", "Jihun", "Jee Hoon", "JI-HOON"]),
        ("상아", ["Sang-ah", "Sang-a"]),
        ("광규", ["Kwang-kyu", "Gwang-gyu"]),
        ("병헌", ["Byung-hun", "Byeong-heon", "Byounghun"]),
    ],
)
def test_spellings_of_one_name_sound_alike(hangul: str, spellings: list[str]):
    assert {romanised.sound(spelling) for spelling in spellings} == {romanised.sound(hangul)}


def test_a_name_is_none_without_a_surname():
    assert romanised.name_sounds(["Night", "Ferry"]) == []
    assert list(romanised.sounds_in("The Night Ferry left at nine")) == []
    assert romanised.hangul_sounds("밤배") == []
