"""The conventions of newsrooms: how lines that are not the story give themselves away.

Each pattern must match a whole line or its unmistakable start or end. A body paragraph
taken for something else loses its attributions, so a pattern that is in doubt is not here.
"""

from __future__ import annotations

import re

from sayso.records import PartKind

_I = re.IGNORECASE

SEE_ALSO = re.compile(
    r"\(?(?:see (?:also|more)|(?:also )?read (?:also|more|next|on)|also read|read|more|related"
    r"(?: (?:stor(?:y|ies)|articles?|coverage|content|news|links?|topics?|reading|posts?))?"
    r"|recommended|further reading|more (?:on|from|about) [^:|]{2,40}|from the archives?|in depth"
    r"|explainer|analysis|opinion|don[’']t miss|you may also like|most read|you might also like"
    r"|lire aussi|à lire aussi|lesen sie auch|mehr zum thema|mehr dazu|leia também|leia mais"
    r"|lea también|le puede interesar|te puede interesar|leggi anche|lees ook|czytaj (?:też|także)"
    r"|читайте также|смотрите также|читайте також|läs också|les også|läs mer|devamını oku"
    r"|ayrıca okuyun|اقرأ أيضا|انظر أيضا|もっと読む|相关阅读|延伸阅读)"
    r"\s*(?P<mark>:|：|\||»|>>|>|►|▶|—|–|\s-\s)\s*(?P<title>\S.{3,200})",
    _I,
)
SEE_ALSO_LABEL = re.compile(
    r"(?:see also|read more|read next|related(?: (?:stories|articles|coverage|content|news|links"
    r"|topics|reading))?|recommended|further reading|more on this (?:story|topic)|also read"
    r"|you may also like|you might also like|most read|lire aussi|lesen sie auch|mehr zum thema"
    r"|leia também|lea también|leggi anche|lees ook|читайте также|смотрите также|читайте також)"
    r"\s*[:：]?",
    _I,
)
PROMOTION = re.compile(
    r"(?:[-–—*\[( ]*(?:advertisements?|advertising|ads?|anzeige|publicité|publicidad|pubblicità"
    r"|advertentie|реклама|reklama|reklam|annonse|sponsored(?: content)?|paid post)[-–—*\]) ]*"
    r"|(?:[-–—*\[( ]*)(?:story|article|post|content|report) continue[sd]? (?:below|after"
    r"|under)\b.{0,60}"
    r"|(?:continue|keep) reading(?: the main story| below)?\b.{0,60}|scroll (?:down )?(?:for"
    r"|to) .{0,80}"
    r"|(?:live )?(?:watch|listen|videos?|audio|podcast|photos|pictures|gallery|slideshow"
    r"|in pictures|interactive|quiz)"
    r"(?: (?:live|now|here|below|the (?:video|moment|interview)))?\s*[:|►▶]\s*.{3,200}"
    r"|live (?:briefing|blog|updates?|coverage|ticker)\s*(?:[:|–—-]\s*.{3,200})?"
    r"|follow (?:our|the) live (?:blog|coverage|updates)\b.{0,120}"
    r"|(?:skip|jump) (?:to|past) (?:next |the )?(?:section|main content|newsletter).{0,60}"
    r"|(?:share|print|comments?|tweet|email|e-mail|share this(?: article| story)?|view comments"
    r"|this article tagged under: .{2,100}|change the image|load more|show more|leave a comment"
    r"|back to top|most popular|trending(?: now)?)"
    r"|(?:please )?(?:click|tap) here\b.{0,200}"
    r"|the post .{3,250} (?:appeared first|first appeared) on .{2,80}"
    r"|end of (?:twitter|facebook|youtube|instagram) post\b.{0,60}"
    r"|(?:image|media|video) (?:copyright|playback is unsupported).{0,80})",
    _I,
)
# The reader is asked to do something with what the outlet offers.
APPEAL = re.compile(
    r"(?:(?:please )?(?:sign up|subscribe|register|get|download|follow|like us|join|support|donate"
    r"|become"
    r"|stay|send|keep up|catch up|check out|find|read (?:the|more)|enter your)"
    r"|melden sie sich|abonnieren|inscrivez|abonnez|suscríbete|suscríbase|registrati|iscriviti"
    r"|подпис\w+"
    r"|inscreva-se|assine)\b"
    r"(?=.{0,200}\b(?:newsletters?|inbox|e-?mail|app|twitter|facebook|instagram|telegram|whatsapp"
    r"|youtube|tiktok|linkedin|notifications?|alerts?|podcasts?|subscri\w+|membership"
    r"|our (?:journalism|coverage|reporting|website|page|channel|team|updates)"
    r"|breaking news|news tips?|bulletins?|@\w+|the rest here|read more here|telegram-канал"
    r"|канал|boletín|lettre d.information))",
    _I,
)
# The same, begun in a way in which a story may begin too: only with a plain request after it.
SOFT_APPEAL = re.compile(
    r"(?:want|have (?:a|you|an)|are you|do you|did you|if you|don[’']t miss|for (?:more|all"
    r"|the latest)"
    r"|to (?:get|receive|read|see|subscribe|sign)|more (?:from|on)|thank you for|you can"
    r"|like this)\b"
    r"(?=.{0,200}(?:\b(?:newsletters?|inbox|sign up|subscribe|click|tap here|let us know|contact us"
    r"|follow (?:us|him|her|them|me|our|@\w+)|our (?:app|podcast|live blog))\b|\bhere\.?$))",
    _I,
)
CLICK = re.compile(
    r"\b(?:(?:please )?(?:click|tap|go|visit|sign up|register) here\b.{0,60}"
    r"|read the (?:rest|full (?:story|article|report|interview)) (?:here|at|on|in)\b.{0,80}"
    r"|follow (?:him|her|them|us|me|the author|\w+ \w+|@\w+) (?:on|at) .{0,120})[.!]?\Z",
    _I | re.S,
)
CREDIT = re.compile(
    r"[\[(*–—-]*\s*(?:(?:with )?(?:additional |further )?(?:reporting|writing) (?:by|from"
    r"|in) .{2,300}"
    r"|with (?:\w+ )?(?:material|information|contributions?|files?|inputs?)"
    r"(?: \w+)? (?:by|from) .{2,200}"
    r"|(?:editing|edited|compiled|written|translated|produced) by .{2,200}"
    r"|based on (?:an? (?:story|article|report)|reporting|reports) (?:by|from) .{2,200}"
    r"|(?:this|the) (?:story|article|report|piece|text) (?:was |has been )?(?:originally |first )"
    r"(?:published|appeared|posted|ran|written) .{2,200}"
    r"|(?:this|the) (?:story|article|report|piece|text|dispatch) (?:is|was|comes|came)"
    r" (?:(?:provided|supplied|produced|distributed|republished|reprinted|syndicated|taken) )?"
    r"(?:by|from|courtesy of) (?:the )?(?-i:[A-ZÀ-Þ])[^.!?\d]{1,80}[.]?"
    r"|translated from the \w+(?: \w+)? by .{2,120}"
    r"|(?:originally|first) (?:published|appeared|posted) (?:by|in|on|at) .{2,150}"
    r"|(?:©|\(c\)|copyright)\s*.{0,10}\d{4}.{2,300}|(?:©|copyright ©?)\s*[A-Z].{2,200}"
    r"|all rights reserved.{0,200}"
    r"|(?:this )?material may not be published.{0,200}"
    r"|(?:sources?|agency|quellen?|fuentes?|fontes?|fonte|źródło|источник|джерело|kaynak"
    r"|bron)\s*:\s*"
    r"(?:[A-Z(А-ЯІЇЄ][^.!?]{1,60}|dpa|epd)[.]?"
    r"|mit (?:material|informationen|agenturmaterial) (?:von|der) .{2,150}"
    r"|con informaci[oó]n de .{2,150}|com informa[çc][õo]es d[aeo]s? .{2,150}"
    r"|(?:по материалам|с использованием материалов|за матеріалами) .{2,150})[\])*]*",
    _I | re.S,
)
CONTRIBUTED = re.compile(
    r"\b(?:contributed|assisted|helped)\b.{0,40}?\b(?:to|with|on|in) this (?:report|story|article"
    r"|piece|dispatch|post)\b.{0,150}\Z"
    r"|\bcontributed (?:(?:to|with|on) (?:the|that) (?:report|story|article|reporting)"
    r"|(?:additional )?(?:reporting|research)(?: (?:to|for|from) .{2,60})?)[.\])*]*\Z",
    _I | re.S,
)
# "Ana Novak reported from Lowbridge, and Jan Dvorak from Halden."
_FULL_NAME = r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3}"
REPORTED_FROM = re.compile(
    rf"[\[(*–—• -]*{_FULL_NAME}(?:(?:,|,? and) {_FULL_NAME})* (?:contributed|reported|reporting)"
    r"(?: reporting)? from [^;:“\"]{2,120}[.\])]*"
)
# "rc/msh (AP, AFP)", "(Reuters)", "— AP", "dpa/AFP": initials and agencies, nothing else.
SIGNED = re.compile(
    r"(?:[\w]{2,4}(?:/[\w]{2,4})*,?\s+)?\((?P<names>[^()]{2,60})\)\.?"
    r"|[-–—]{1,2}\s*(?P<after>[^.!?]{2,40})|(?P<bare>[\w-]{2,20}(?:\s*[/,]\s*[\w-]{2,20})*)"
)
CORRECTION = re.compile(
    r"[\[(*–— ]*(?:corrections?(?: and clarifications?)?|corrected|clarification|retraction|erratum"
    r"|berichtigung|korrektur|correctif|rectificatif|corrección|fe de erratas|correção"
    r"|errata corrige"
    r"|rettelse|rättelse|исправление|поправка)\b(?: ?\([^)]{2,40}\)"
    r"| \w+ \d{1,2}(?:, \d{4})?)?\s*[:–—-]"
    r"|[\[(*–— ]*(?:an? |the )?(?:earlier|previous|original|initial|prior) versions? of this"
    r" |[\[(*–— ]*(?:this|the) (?:story|article|report|post|piece|headline|caption"
    r"|item) (?:has been"
    r"|was|is being) corrected\b"
    r"|[\[(*–— ]*\(?(?:corrects|corrected)\b.{3,120}\)$",
    _I,
)
NOTE = re.compile(
    r"[\[(*–— ]*(?:(?:the )?editor[’']?s?[’']? (?:note|remarks?)|editors[’'] note|note to"
    r" (?:readers|editors)|note de la rédaction|ndlr|anmerkung der redaktion|nota del(?:l[a'’])? ?"
    r"(?:editor|redacción|redattore|redazione)|nota da redação|примечание редакции)\b"
    r"|[\[(*–— ]*(?:(?:full )?disclosure|disclaimer)\s*[:–—]"
    r"|[\[(*–— ]*(?:this (?:is a )?(?:developing|breaking) (?:news )?story"
    r"|this (?:story|article) is more than \d+ (?:year|month)s? old"
    r"|this (?:story|article|report|post|page|piece|live ?blog) (?:has been|was|is being|will be)"
    r" (?:last )?(?:updated|amended|edited|modified|expanded)\b)"
    r"|[\[(*–— ]*(?:the )?(?:views|opinions)(?: and opinions)? expressed\b"
    r"|[\[(*–— ]*(?:last |first )?(?:updated?|published|posted|modified)\s*(?:on|at|:)?\s*"
    r"(?:\w{3,9} \d{1,2}|\d{1,2} \w{3,9}|\d{1,2}[:.]\d{2}|\d{4}-\d\d).{0,50}$"
    r"|\d{1,2} (?:minutes?|hours?|days?|weeks?|months?|years?) ago$",
    _I,
)
CAPTION = re.compile(
    r"(?:file (?:photo|picture|image)\b|file\s*[-–—:]\s|(?:photo|picture|image)(?: (?:credit"
    r"|caption"
    r"|by|source|courtesy|illustration)s?)?\s*[:/|]\s|(?:image"
    r"|media) caption\b"
    r"|caption\s*:|(?:photo|picture|image) (?:by|courtesy|credit)\b|\(?(?:photo|picture|image)s?"
    r" (?:by|courtesy|credit)|foto(?:s|grafía)?\s*[:/]\s|bild(?:er)?\s*:\s|crédit photo"
    r"|фото\s*[:/])",
    _I,
)
# A picture's credit at the end of a line makes the line a caption.
CAPTION_END = re.compile(
    r"(?:\((?:file|archive|stock|illustrative)(?: (?:photo|picture|image|pic))?\)"
    r"|\((?:photo|image|picture|credit|photograph|foto|ap photo|reuters photo|getty)s?\b"
    r"[^()]{0,120}\)|\((?:reuters|afp|epa)/[^()]{0,120}\)"
    r"|\((?:[^()]{0,60}(?:getty images?|ap photo|via ap|via reuters|shutterstock"
    r"|istock))[^()]{0,60}\)"
    r"|(?:[/|]\s?getty(?: images)?|\bAP photo/[\w .]+"
    # Capitals only: "a Reuters/Ipsos poll" is no picture.
    r"|(?-i:\b(?:REUTERS|EPA|EPA-EFE|AFP)/[A-Z])[\w ./]+"
    r"|photo(?:graph)? (?:by|courtesy of)[\w ./’'-]{3,60})\)?)[.]?\s*\Z",
    _I,
)
BYLINE_LABEL = re.compile(r"(?:by|von|par|por|autor(?:es|in)?|author|автор)\s*:\s+\S.{1,90}", _I)
BYLINE = re.compile(
    r"(?:by|von|par|por|di|автор[ы]?:?|door|av)\s+(?P<names>[A-ZÀ-ÖØ-ÞА-ЯŁŚŻČŠŽ][^.!?\d]{2,90})",
    re.I,
)
STAFF_BYLINE = re.compile(
    r"(?P<names>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3} (?:staff|correspondents?|reporters?"
    r"|staff (?:writer|reporter)s?))(?: (?:in|and) .{2,40})?"
    r"|[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){1,3}\s*(?:,|\|)\s*[A-Z][\w .’'&-]{1,40}"
)
_DAY = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?\.? [^\W\d_]{3,10}\.?,?|[^\W\d_]{3,10}\.? \d{1,2},?) \d{4}"
    r"(?:,?(?: at)? \d{1,2}[:.h]\d{2}(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,5})?)?"
)
# What stands beside the names in a byline's line: "3 March 2025, 18:05 · Pia Orm".
DATED = re.compile(
    rf"^(?P<before>{_DAY}\s*[|·•,]\s*)?(?P<names>.*?)(?:\s*[-–—|·•,]?\s*{_DAY})?$", _I | re.S
)
CLOCK = re.compile(
    r"update,? (?:at )?\d{1,2}[:.]\d{2}.{3,100}|[\[(]?(?:(?:updated|posted)\s*(?:at"
    r"|:)?\s*)?\d{1,2}[:.h]\d{2}(?:\s*[ap]\.?m\.?)?"
    r"(?:\s*(?:[A-Z]{2,5}|local time|uhr))?[\])]?(?:\s*[-–—|]?\s*\d{1,2} \w+(?: \d{4})?)?"
    r"|\d{1,2}\s*[ap]\.?m\.?(?: [A-Z]{2,4})?",
    _I,
)

WHOLE: tuple[tuple[PartKind, re.Pattern[str], int], ...] = (
    # kind, what the line must be from end to end, the longest line that can be it
    ("credit", CREDIT, 500),
    ("see-also", SEE_ALSO, 240),
    ("see-also", SEE_ALSO_LABEL, 60),
    ("promotion", PROMOTION, 300),
)
START: tuple[tuple[PartKind, re.Pattern[str], int], ...] = (
    # kind, how the line must begin, the longest line that can be it
    ("correction", CORRECTION, 1_500),
    ("note", NOTE, 1_000),
    ("promotion", APPEAL, 400),
    ("promotion", SOFT_APPEAL, 300),
    ("caption", CAPTION, 700),
)
END: tuple[tuple[PartKind, re.Pattern[str], int, tuple[str, ...]], ...] = (
    # kind, how the line must end, the longest line that can be it, one of the words in it:
    # asking for a word first is twenty times faster than trying the pattern at every letter
    ("promotion", CLICK, 600, (" here", "follow ", "read the ")),
    ("credit", CONTRIBUTED, 500, ("contributed", "assisted", "helped")),
    (
        "caption",
        CAPTION_END,
        700,
        (
            *("photo", "image", "picture", "foto", "getty", "shutterstock", "istock", "(credit"),
            *("reuters", "afp", "epa", "ap/", "via ap", "(file", "(archive", "(stock", "(illust"),
        ),
    ),
)
