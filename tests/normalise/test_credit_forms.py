"""The ways in which the world's outlets credit agencies, each with the words that show it.

The stories are invented; the forms are those in which outlets of many languages write.
"""

from __future__ import annotations

import pytest

from sayso.normalise.credits import find_credits
from sayso.normalise.parts import Paragraph, find_parts
from sayso.normalise.text import paragraphs

STORY = "The reservoir above Orla will stay closed until spring, the water board said on Monday."
STORIES = {
    "en": STORY,
    "de": "Der Stausee über Orla bleibt bis zum Frühjahr geschlossen, wie das Amt sagte.",
    "fr": "Le réservoir d’Orla restera fermé jusqu’au printemps, a annoncé la régie des eaux.",
    "es": "El embalse de Orla seguirá cerrado hasta la primavera, dijo el consejo del agua.",
    "pt": "A represa de Orla continuará fechada até a primavera, disse o conselho da água.",
    "it": "Il bacino di Orla resterà chiuso fino a primavera, ha detto il consorzio.",
    "nl": "Het stuwmeer boven Orla blijft tot het voorjaar gesloten, zei het waterschap.",
    "sv": "Dammen ovanför Orla förblir stängd till våren, sade vattenverket i måndags.",
    "pl": "Zbiornik nad Orlą pozostanie zamknięty do wiosny, poinformował zarząd wodny.",
    "cs": "Nádrž nad Orlou zůstane do jara zavřená, řekl v pondělí vodní úřad.",
    "hu": "Az orlai víztározó tavaszig zárva marad, közölte hétfőn a vízügyi hivatal.",
    "ro": "Lacul de lângă Orla rămâne închis până la primăvară, a spus luni autoritatea.",
    "hr": "Jezero iznad Orle ostaje zatvoreno do proljeća, rekla je uprava za vode.",
    "ru": "Водохранилище над Орлой останется закрытым до весны, заявили в управлении.",
    "uk": "Водосховище над Орлою залишиться закритим до весни, заявили в управлінні.",
    "bg": "Язовирът над Орла остава затворен до пролетта, съобщи управлението.",
    "el": "Η λίμνη πάνω από την Όρλα θα μείνει κλειστή ως την άνοιξη, είπε η υπηρεσία.",
    "tr": "Orla üzerindeki baraj ilkbahara kadar kapalı kalacak, dedi su kurulu pazartesi.",
    "ar": "قال مجلس المياه يوم الاثنين إن الخزان فوق أورلا سيبقى مغلقا حتى الربيع.",
    "fa": "مخزن بالای اورلا تا بهار بسته می‌ماند، اداره آب روز دوشنبه گفت.",
    "he": "המאגר מעל אורלה יישאר סגור עד האביב, מסרה ביום שני רשות המים.",
    "hi": "ओर्ला के ऊपर का जलाशय वसंत तक बंद रहेगा, जल बोर्ड ने सोमवार को कहा।",
    "zh": "奥拉上方的水库将关闭到春天，水务局星期一说。",
    "ja": "オルラの貯水池は春まで閉鎖される、と水道局が月曜日に述べた。",
    "ko": "오를라 위의 저수지는 봄까지 닫힐 것이라고 수도국이 월요일 말했다.",
    "id": "Waduk di atas Orla akan ditutup sampai musim semi, kata dewan air pada Senin.",
    "vi": "Hồ chứa phía trên Orla sẽ đóng cửa đến mùa xuân, cơ quan cấp nước cho biết.",
}


def credited(*lines: str) -> list[tuple[str, str]]:
    """Return the agencies credited by a report of these lines, with the words that name them."""
    text = "\n\n".join(lines)
    marked = [Paragraph(span) for span in paragraphs(text)]
    found = find_credits(text, find_parts(text, marked, headline_first=True), outlet="Orla Gazette")
    return [(one.name, text[one.span.start : one.span.end]) for one in found if one.span]


@pytest.mark.parametrize(
    ("language", "line", "expected"),
    [
        ("en", "Reuters and AFP contributed to this report.", "Reuters=Reuters AFP=AFP"),
        ("en", "With Reuters", "Reuters=Reuters"),
        ("en", "(With inputs from PTI and ANI)", "PTI=PTI ANI=ANI"),
        ("en", "First published by Reuters", "Reuters=Reuters"),
        ("en", "As reported by Reuters", "Reuters=Reuters"),
        ("en", "This story was first reported by Bloomberg.", "Bloomberg=Bloomberg"),
        ("en", "Photos and text: AFP", "AFP=AFP"),
        ("en", "Text: AFP", "AFP=AFP"),
        ("en", "(Reuters)", "Reuters=Reuters"),
        ("en", "— AFP/dpa", "AFP=AFP DPA=dpa"),
        ("en", "Syndicated from PTI", "PTI=PTI"),
        ("en", "Republished from UPI", "UPI=UPI"),
        ("en", "Source: Kyodo News, Jiji", "Kyodo=Kyodo News Jiji Press=Jiji"),
        ("de", "kna/epd", "KNA=kna epd=epd"),
        ("es", "Agencias (EFE/Reuters)", "EFE=EFE Reuters=Reuters"),
        ("ar", "رويترز والفرنسية", "Reuters=رويترز AFP=الفرنسية"),
        ("hi", "इनपुट: पीटीआई", "PTI=पीटीआई"),
        ("ja", "提供：共同通信社", "Kyodo=共同通信社"),
        ("de", "Mit Material von dpa", "DPA=dpa"),
        ("de", "Mit Material der dpa", "DPA=dpa"),
        ("de", "mit Material der Nachrichtenagenturen dpa und AFP", "DPA=dpa AFP=AFP"),
        ("de", "Quelle: dpa/AFP", "DPA=dpa AFP=AFP"),
        ("de", "Quellen: APA, Reuters", "APA=APA Reuters=Reuters"),
        ("de", "dpa/jdo", "DPA=dpa"),
        ("de", "(dpa, Reuters, epd)", "DPA=dpa Reuters=Reuters epd=epd"),
        ("de", "© dpa-infocom, dpa:250303-99-12345/2", "DPA=dpa"),
        ("de", "Dieser Artikel wurde mit Material der KNA erstellt.", "KNA=KNA"),
        ("fr", "Avec AFP", "AFP=AFP"),
        ("fr", "(avec AFP et Reuters)", "AFP=AFP Reuters=Reuters"),
        ("fr", "Le Courrier d’Orla avec AFP", "AFP=AFP"),
        ("fr", "Source : AFP", "AFP=AFP"),
        ("fr", "© 2025 AFP", "AFP=AFP"),
        ("fr", "ats/jd", "Keystone-SDA=ats"),
        ("es", "Con información de EFE", "EFE=EFE"),
        ("es", "Con información de EFE y Europa Press", "EFE=EFE Europa Press=Europa Press"),
        ("es", "(Con datos de Reuters)", "Reuters=Reuters"),
        ("es", "Fuente: Télam", "Télam=Télam"),
        ("es", "EFE/Redacción", "EFE=EFE"),
        ("pt", "Com informações da Reuters", "Reuters=Reuters"),
        ("pt", "*Com informações da Agência Brasil e da Reuters",
         "Agência Brasil=Agência Brasil Reuters=Reuters"),
        ("pt", "Com Lusa", "Agência Lusa=Lusa"),
        ("pt", "Fonte: Lusa", "Agência Lusa=Lusa"),
        ("it", "Fonte: ANSA", "ANSA=ANSA"),
        ("it", "(con fonte AdnKronos)", "Adnkronos=AdnKronos"),
        ("it", "Riproduzione riservata © Copyright ANSA", "ANSA=ANSA"),
        ("nl", "Bron: ANP", "ANP=ANP"),
        ("nl", "© ANP", "ANP=ANP"),
        ("nl", "Met medewerking van Belga en AFP", "Belga=Belga AFP=AFP"),
        ("sv", "Källa: TT", "TT=TT"),
        ("sv", "TT-Reuters", "TT=TT Reuters=Reuters"),
        ("sv", "(©NTB)", "NTB=NTB"),
        ("sv", "/ritzau/", "Ritzau=ritzau"),
        ("sv", "Kilde: Ritzau", "Ritzau=Ritzau"),
        ("sv", "Lähde: STT", "STT=STT"),
        ("pl", "Źródło: PAP", "PAP=PAP"),
        ("pl", "(PAP)", "PAP=PAP"),
        ("pl", "z PAP", "PAP=PAP"),
        ("pl", "Na podstawie PAP i Reuters", "PAP=PAP Reuters=Reuters"),
        ("cs", "Zdroj: ČTK", "CTK=ČTK"),
        ("cs", "Zdroj: TASR", "TASR=TASR"),
        ("hu", "Forrás: MTI", "MTI=MTI"),
        ("ro", "Sursa: Agerpres", "AGERPRES=Agerpres"),
        ("hr", "Izvor: Hina", "HINA=Hina"),
        ("bg", "Източник: БТА", "BTA=БТА"),
        ("el", "Πηγή: ΑΠΕ-ΜΠΕ", "ANA-MPA=ΑΠΕ-ΜΠΕ"),
        ("ru", "Источник: ТАСС", "TASS=ТАСС"),
        ("ru", "По сообщению ТАСС", "TASS=ТАСС"),
        ("ru", "По данным РИА Новости", "RIA Novosti=РИА Новости"),
        ("ru", "При использовании материалов Рейтер и АФП", "Reuters=Рейтер AFP=АФП"),
        ("uk", "Джерело: Укрінформ", "Ukrinform=Укрінформ"),
        ("uk", "За матеріалами Рейтер", "Reuters=Рейтер"),
        ("uk", "За даними Інтерфакс-Україна", "Interfax-Ukraine=Інтерфакс-Україна"),
        ("tr", "Kaynak: AA", "Anadolu=AA"),
        ("tr", "Kaynak: Anadolu Ajansı, Reuters", "Anadolu=Anadolu Ajansı Reuters=Reuters"),
        ("ar", "المصدر: رويترز", "Reuters=رويترز"),
        ("ar", "المصدر : رويترز + الفرنسية", "Reuters=رويترز AFP=الفرنسية"),
        ("ar", "(رويترز)", "Reuters=رويترز"),
        ("fa", "منبع: ایسنا", "ISNA=ایسنا"),
        ("he", "מקור: רויטרס", "Reuters=רויטרס"),
        ("he", "(רויטרס)", "Reuters=רויטרס"),
        ("hi", "स्रोत: पीटीआई", "PTI=पीटीआई"),
        ("hi", "(भाषा)", "PTI=भाषा"),
        ("zh", "来源：新华社", "Xinhua=新华社"),
        ("zh", "（来源：路透社）", "Reuters=路透社"),
        ("zh", "（新华社）", "Xinhua=新华社"),
        ("zh", "（綜合中央社、路透社報導）", "CNA=中央社 Reuters=路透社"),
        ("ja", "（共同）", "Kyodo=共同"),
        ("ja", "出典：ロイター", "Reuters=ロイター"),
        ("ja", "【時事通信】", "Jiji Press=時事通信"),
        ("ko", "출처: 연합뉴스", "Yonhap=연합뉴스"),
        ("id", "Sumber: ANTARA", "ANTARA=ANTARA"),
        ("vi", "Theo TTXVN", "VNA=TTXVN"),
        ("vi", "(TTXVN)", "VNA=TTXVN"),
    ],
)  # fmt: skip
def test_a_last_line_credits_in_many_languages(language: str, line: str, expected: str) -> None:
    story = STORIES[language]
    found = credited("Orla", story, story, story, line)
    assert " ".join(f"{name}={words}" for name, words in found) == expected


@pytest.mark.parametrize(
    ("language", "dateline", "expected"),
    [
        ("en", "WASHINGTON (AP) — ", "AP=AP"),
        ("en", "LONDON, March 3 (Reuters) - ", "Reuters=Reuters"),
        ("en", "BEIJING, March 3 (Xinhua) -- ", "Xinhua=Xinhua"),
        ("en", "KUALA LUMPUR, March 3 (Bernama) -- ", "BERNAMA=Bernama"),
        ("en", "New Delhi, Mar 3 (PTI) ", "PTI=PTI"),
        ("de", "Berlin (dpa) - ", "DPA=dpa"),
        ("de", "Berlin (dpa/AFP) – ", "DPA=dpa AFP=AFP"),
        ("de", "Wien (APA/Reuters) - ", "APA=APA Reuters=Reuters"),
        ("de", "Frankfurt/Main (dpa/tmn) – ", "DPA=dpa"),
        ("fr", "Paris (AFP) - ", "AFP=AFP"),
        ("fr", "Bruxelles, 3 mars 2025 (Belga) — ", "Belga=Belga"),
        ("es", "Madrid, 3 mar (EFE).- ", "EFE=EFE"),
        ("es", "MADRID, 3 Mar. (EUROPA PRESS) - ", "Europa Press=EUROPA PRESS"),
        ("es", "La Habana, 3 mar (Prensa Latina) ", "Prensa Latina=Prensa Latina"),
        ("pt", "Lisboa, 03 mar 2025 (Lusa) - ", "Agência Lusa=Lusa"),
        ("pt", "SÃO PAULO, SP (FOLHAPRESS) - ", "Folhapress=FOLHAPRESS"),
        ("it", "(ANSA) - ROMA, 03 MAR - ", "ANSA=ANSA"),
        ("it", "Roma, 3 mar. (askanews) - ", "askanews=askanews"),
        ("it", "(Adnkronos) - ", "Adnkronos=Adnkronos"),
        ("nl", "DEN HAAG (ANP) - ", "ANP=ANP"),
        ("sv", "Oslo (NTB): ", "NTB=NTB"),
        ("cs", "Praha 3. března (ČTK) - ", "CTK=ČTK"),
        ("hu", "Budapest, 2025. március 3., hétfő (MTI) - ", "MTI=MTI"),
        ("hr", "ZAGREB, 3. ožujka 2025. (Hina) - ", "HINA=Hina"),
        ("ru", "МОСКВА, 3 марта. /ТАСС/. ", "TASS=ТАСС"),
        ("ru", "МОСКВА, 3 мар — РИА Новости. ", "RIA Novosti=РИА Новости"),
        ("ru", "Москва. 3 марта. ИНТЕРФАКС - ", "Interfax=ИНТЕРФАКС"),
        ("tr", "ANKARA (AA) - ", "Anadolu=AA"),
        ("ar", "القاهرة (رويترز) - ", "Reuters=رويترز"),
        ("ar", "الرياض 3 مارس آذار (واس) - ", "SPA=واس"),
        ("hi", "नयी दिल्ली, तीन मार्च (भाषा) ", "PTI=भाषा"),
        ("zh", "新华社北京3月3日电 ", "Xinhua=新华社"),
        ("zh", "新华社北京3月3日电（记者 张三）", "Xinhua=新华社"),
        ("zh", "中新社东京3月3日电 ", "China News Service=中新社"),
        ("zh", "（中央社記者張三台北3日電）", "CNA=中央社"),
        ("ja", "［東京 ３日 ロイター］ - ", "Reuters=ロイター"),
        ("ja", "【ワシントン共同】", "Kyodo=共同"),
        ("ja", "【パリ時事】", "Jiji Press=時事"),
        ("ja", "【3月3日 AFP】", "AFP=AFP"),
        ("ko", "(서울=연합뉴스) 홍길동 기자 = ", "Yonhap=연합뉴스"),
        ("ko", "[서울=뉴시스] 홍길동 기자 = ", "Newsis=뉴시스"),
        ("id", "Jakarta (ANTARA) - ", "ANTARA=ANTARA"),
    ],
)
def test_a_dateline_credits_in_many_languages(language: str, dateline: str, expected: str) -> None:
    story = STORIES[language]
    found = credited("Orla", dateline + story, story)
    assert " ".join(f"{name}={words}" for name, words in found) == expected


@pytest.mark.parametrize(
    ("language", "byline", "expected"),
    [
        ("en", "By Pia Orm, Associated Press", "AP=Associated Press"),
        ("en", "By AFP", "AFP=AFP"),
        ("en", "Reuters", "Reuters=Reuters"),
        ("en", "By Pia Orm and Jan Dahl | Reuters", "Reuters=Reuters"),
        ("de", "Von Pia Orm, dpa", "DPA=dpa"),
        ("de", "Von dpa", "DPA=dpa"),
        ("fr", "Par AFP", "AFP=AFP"),
        ("fr", "Par Le Courrier avec AFP", "AFP=AFP"),
        ("es", "Por EFE", "EFE=EFE"),
        ("pt", "Por Agência Brasil", "Agência Brasil=Agência Brasil"),
        ("it", "di Redazione ANSA", "ANSA=ANSA"),
        ("nl", "Door: ANP", "ANP=ANP"),
        ("nl", "Van onze redactie en ANP", "ANP=ANP"),
        ("sv", "Av TT", "TT=TT"),
        ("sv", "NTB", "NTB=NTB"),
        ("pl", "Autor: PAP", "PAP=PAP"),
        ("ru", "Автор: ТАСС", "TASS=ТАСС"),
        ("ar", "رويترز", "Reuters=رويترز"),
        ("ar", "القاهرة – رويترز", "Reuters=رويترز"),
    ],
)
def test_a_byline_credits_in_many_languages(language: str, byline: str, expected: str) -> None:
    story = STORIES[language]
    found = credited("Orla", byline, story, story)
    assert " ".join(f"{name}={words}" for name, words in found) == expected


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("The dam will stay shut, as reported by Reuters.", "Reuters=Reuters"),
        ("Der Damm bleibt zu, wie die Nachrichtenagentur dpa berichtet.", "DPA=dpa"),
        ("Der Damm bleibt geschlossen, berichtet die dpa.", "DPA=dpa"),
        ("Le barrage restera fermé, rapporte l’AFP.", "AFP=AFP"),
        ("La presa seguirá cerrada, informa EFE.", "EFE=EFE"),
        ("La diga resta chiusa, riferisce l’ANSA.", "ANSA=ANSA"),
        ("De dam blijft dicht, meldt ANP.", "ANP=ANP"),
        ("Zapora pozostanie zamknięta, informuje PAP.", "PAP=PAP"),
        ("Плотина останется закрытой, сообщает ТАСС.", "TASS=ТАСС"),
        ("Плотина останется закрытой, передает РИА Новости.", "RIA Novosti=РИА Новости"),
        ("По сообщению ТАСС, плотина останется закрытой до весны.", "TASS=ТАСС"),
        ("Гребля залишиться закритою, повідомляє Укрінформ.", "Ukrinform=Укрінформ"),
        ("据新华社报道，水库将关闭到春天。", "Xinhua=新华社"),
        ("据路透社3月3日报道，水库将关闭到春天。", "Reuters=路透社"),
        ("به گزارش ایرنا، سد تا بهار بسته می‌ماند.", "IRNA=ایرنا"),
    ],
)
def test_a_lead_that_says_whom_it_is_from_credits_them(lead: str, expected: str) -> None:
    found = credited("Orla", lead, STORY, STORY)
    assert " ".join(f"{name}={words}" for name, words in found) == expected


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param((STORY, "A reporter for Reuters asked when it opens.", STORY), id="asked"),
        pytest.param((STORY, STORY, "The guide is written in AP style."), id="a style"),
        pytest.param((STORY, STORY, "AFP, the airline, has cancelled its flights."), id="a firm"),
        pytest.param(("By Julius Reuter", STORY, STORY), id="a person called Reuter"),
        pytest.param(("By Pia Reuter and Jan Ansa", STORY, STORY), id="two such persons"),
        pytest.param((STORY, STORY, "Pia Orm is a former editor at Reuters."), id="a career"),
        pytest.param((STORY, STORY, "She took the AP exam in May."), id="an exam"),
        pytest.param((STORY, STORY, "Source: Ministry of Water"), id="another source"),
        pytest.param((STORY, STORY, "Avec du pain et du vin"), id="avec"),
        pytest.param((STORY, STORY, "Com a chuva"), id="com"),
        pytest.param((STORY, STORY, "Mit Wasser und Brot"), id="mit"),
        pytest.param((STORY, STORY, "With rain and wind"), id="with"),
        pytest.param((STORY, STORY, "Reuters shares fell with the market"), id="shares"),
        pytest.param(("Сотрудник ТАСС рассказал о плотине.", STORY, STORY), id="an employee"),
        pytest.param(("新华社成立于很久以前。", STORY, STORY), id="the agency's history"),
        pytest.param(("L’AFP est une agence de presse.", STORY, STORY), id="what it is"),
        pytest.param((STORY, STORY, "Theo Dahl"), id="a man called Theo"),
        pytest.param(("Madrid (Spain) - " + STORY, STORY), id="a country in brackets"),
        pytest.param(("【速報】" + STORIES["ja"], STORY), id="breaking"),
        pytest.param((STORY, STORY, "Photo: AFP"), id="a picture's credit"),
        pytest.param((STORY, STORY, "Фото: ТАСС"), id="a picture's credit in Russian"),
        pytest.param((STORY, STORY, "（資料圖片，新華社）"), id="a picture's credit in Chinese"),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_credit_is_none(lines: tuple[str, ...]) -> None:
    assert [name for name, _ in credited("Orla", *lines) if name != "Spain"] == []


@pytest.mark.parametrize(
    ("byline", "reason"),
    [("Par Le Courrier avec AFP", "byline, avec"), ("By Reuters", "byline")],
)
def test_a_byline_says_whether_an_outlet_only_leans_on_the_agency(byline: str, reason: str) -> None:
    text = "\n\n".join(("Orla", byline, STORIES["fr"], STORIES["fr"]))
    marked = [Paragraph(span) for span in paragraphs(text)]
    (found,) = find_credits(text, find_parts(text, marked, headline_first=True))
    assert found.reason == reason
