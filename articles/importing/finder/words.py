"""The few words that tell a part of an article in the languages of fan sites: questions, conclusion, contents, summary.

They decide only about lines that already look like a heading; the card series is never found by its words.
"""

from __future__ import annotations

import re

from articles.importing.blocks import squash

# Words that say no more than that questions follow.
_FAQ = (
    "faqs?|f a q|(?:the )?(?:most )?frequently asked questions?|(?:common|quick|reader|fan) questions|questions?|"
    "q ?& ?a|q and a|your questions,? answered|questions (?:and|&) answers|people also ask|"
    "(?:häufige|häufig gestellte|oft gestellte) fragen|fragen und antworten|foire aux questions|questions fréquentes|"
    "preguntas frecuentes|preguntas y respuestas|perguntas frequentes|domande frequenti|veelgestelde vragen|"
    "часто задаваемые вопросы|частые вопросы|вопросы и ответы|常见问题(?:解答|与解答|及解答)?|常見問題(?:解答)?|"
    "よくある(?:質問|ご質問)|자주 (?:묻는|하는) 질문|(?:ال)?أسئلة (?:ال)?شائعة|sık sorulan sorular|pertanyaan umum|"
    "najczęściej zadawane pytania|câu hỏi thường gặp|คำถามที่พบบ่อย"
)
# Stems that a heading over questions has in some form; the questions under it must bear it out.
_ASKING = (
    r"\bfaqs?\b|q ?& ?a\b|\bquestions?\b|\bask(?:s|ed|ing)?\b|\banswer(?:s|ed)?\b|\bfragen\b|\bfragt\b|\bgefragt\b|"
    r"\bpreguntas?\b|\bdudas\b|\bperguntas\b|\bdomande\b|\bвопрос|\bспрашива|질문|궁금|묻는|質問|疑問|問答|问答|"
    "问与答|提问|答疑|问题|問題|疑问|أسئلة|الأسئلة|سؤال|تسأل"
)
_CONCLUSION = (
    "(?:the |our |a )?(?:final|closing|parting|last) (?:thoughts?|words?|verdict|take|notes?|remarks?)|"
    "(?:the |our )?(?:conclusions?|verdict|bottom line|takeaways?|key takeaways?|upshot)|all in all|"
    "in (?:conclusion|closing|summary)|(?:to )?(?:wrap(?:ping)?(?: it| things)? up|sum(?:ming)?(?: it)? up)|wrap-?up|"
    "summary|afterword|epilogue|outro|closing|fazit|(?:das )?letzte wort|zum (?:ab)?schluss|"
    "schluss(?:wort|gedanken?)?|abschließende (?:gedanken|worte)|zusammenfassung|unser (?:fazit|urteil)|"
    "unterm strich|alles in allem|conclusi(?:ones|ón)|para (?:terminar|concluir|cerrar)|"
    "(?:reflexi(?:ón|ones)|palabras) final(?:es)?|en (?:resumen|conclusión|definitiva)|(?:nuestro )?veredicto|"
    "pour conclure|en résumé|le mot de la fin|conclusão|considerações finais|conclusion[ei]|in conclusione|conclusie|"
    "tot slot|заключение|выводы?|итоги?|в заключение|подводя итоги?|结语|结论|结束语|总结|小结|尾声|写在最后|"
    "最后(?:的话)?|結語|結論|總結|まとめ|終わりに|おわりに|(?:最後|さいご)に|結び|あとがき|総評|마무리(?:하며)?|정리|"
    "총평|(?:글을 )?(?:마치며|마치면서|맺으며)|맺음말|맺는 말|결론|끝으로|마지막으로|나가며|정리하며|(?:ال)?خلاصة|"
    "(?:ال)?خاتمة|ختام(?:ا|اً)?|في (?:الختام|النهاية)|كلمة أخيرة|أخيرا?|sonuç|kesimpulan|podsumowanie|wnioski|"
    "kết luận|lời kết|สรุป"
)
_CONTENTS = (
    "(?:table of )?contents|in this (?:article|post|list|guide)|(?:jump|skip) to|on this page|quick (?:links|list)|"
    "what's inside|inhaltsverzeichnis|inhalt|auf dieser seite|sommaire|table des matières|índice|contenidos?|"
    "tabla de contenidos?|en este artículo|conteúdo|indice|содержание|оглавление|目录|目次|目錄|本文目录|목차|차례|"
    "(?:ال)?محتويات|toggle|show|hide|i̇çindekiler|daftar isi|spis treści"
)
# What an article rests on, or leads to.
_SOURCES = (
    "references|sources|see also|further reading|external links|footnotes|bibliography|quellen|einzelnachweise|"
    "weblinks|siehe auch|références|sources et liens|voir aussi|liens externes|referencias|fuentes|véase también|"
    "enlaces externos|referências|ver também|fonti|note e riferimenti|примечания|источники|ссылки|см\\. также|"
    "参考文献|参考资料|参见|外部链接|脚注|出典|関連項目|外部リンク|참고 ?문헌|출처|각주|같이 보기|(?:ال)?مراجع|"
    "(?:ال)?مصادر|انظر أيضا"
)
# A short version before the article itself.
_SUMMARY = (
    "tl[;:,.]? ?dr|at a glance|in (?:short|brief|a nutshell)|"
    "(?:quick|short|brief) (?:summary|version|facts|overview|take)|(?:the )?(?:key|main) (?:points|takeaways|facts)|"
    "highlights|(?:the )?short version|auf einen blick|kurz (?:gesagt|und knapp)|das wichtigste(?: in kürze)?|"
    "in kürze|en (?:breve|pocas palabras|resumen|síntesis)|resumen(?: rápido)?|lo esencial|en bref|l'essentiel|"
    "em resumo|in breve|кратко|вкратце|главное|коротко|한눈에 보기|요약|핵심 요약|세 줄 요약|한 줄 요약|"
    "この記事の(?:要点|ポイント)|要点|ポイント|概要|要約|太长不看|一句话总结|速览|要点速览|本文要点|باختصار|"
    "(?:ال)?ملخص|نظرة سريعة"
)
_INTRODUCTION = (
    "introduction|intro|foreword|preface|overview|before we (?:start|begin)|einleitung|einführung|vorwort|"
    "introducción|introdução|introduzione|introductie|введение|вступление|предисловие|引言|前言|导语|序言|はじめに|"
    "序文|서론|머리말|들어가며|시작하며|(?:ال)?مقدمة|giriş|wstęp"
)
_CLOSING_START = (
    "in conclusion|to conclude|in summary|to sum (?:it )?up|all in all|overall,|so there you have it|"
    "there you have it|that(?:'|’)?s (?:all|it|a wrap)|that is (?:all|it)|and that(?:'|’)s|zum schluss|"
    "alles in allem|abschließend|en conclusion|pour conclure|en définitive|en conclusión|para concluir|en resumen|"
    "em conclusão|para terminar|in conclusione|в заключение|подводя итог|总之|总而言之|最后，|いかがでしたか|以上|"
    "결론적으로|마지막으로"
)

# A byline begins with a word for "by" and a name; a date has a month, or year, month and day; the rest are counts.
_MONTH = (
    "(?:jan|feb|f[eé]v|m[aä]r|apr|a[bv]r|ma[iy]|jun|jui|jul|aug|ago|ao[uû]|sep|o[ck]t|nov|de[cz]|d[eé]c|ene|dic)[a-zé]*"
)
_BYLINE = (
    r"(?:\w+ )?(?:by|von|por) (?-i:[^\W\d_a-z])[^!?]*$|(?:글|글쓴이|文|作者|بقلم)\s*[:：]\s*\S|\S{2,4} 기자$|"
    rf"\D{{0,20}}\d{{1,2}}(?:st|nd|rd|th)?[., ]+(?:de )?{_MONTH}[., ]+(?:de )?\d{{4}}\b|"
    rf"\D{{0,20}}\b{_MONTH} \d{{1,2}}, \d{{4}}\b|"
    r"\d{4}[-./年년] ?\d{1,2}[-./月월] ?\d{1,2}|\d+ min\b|\D{0,12}[\d.,]+ ?k?\b.{0,20}(?:shares?|tweets?|comments?)\b|"
    r"(?:share|tweet)\b[^.!?]*\d"
)

# A heading of a part may go on after its word: "Final Thoughts: more than a drama", "常见问题解答：…".
_TAIL = r"(?P<tail>\W.*)?$"
_FLAGS = re.IGNORECASE | re.DOTALL
_faq = re.compile(rf"(?:the |our |some |your |fan )?(?:{_FAQ}){_TAIL}", _FLAGS)
_ends_in_faq = re.compile(r".*(?:\bfaqs?|frequently asked questions|\bq ?& ?a)\W*$", _FLAGS)
_asking = re.compile(_ASKING, re.IGNORECASE)
_conclusion = re.compile(rf"(?:some |my |our |a few )?(?:{_CONCLUSION}){_TAIL}", _FLAGS)
_contents = re.compile(rf"(?:{_CONTENTS})$", re.IGNORECASE)
_summary = re.compile(rf"(?:{_SUMMARY})$", re.IGNORECASE)
_sources = re.compile(rf"(?:{_SOURCES})$", re.IGNORECASE)
_introduction = re.compile(rf"(?:{_INTRODUCTION})$", re.IGNORECASE)
_closing = re.compile(rf"(?:{_CLOSING_START})", re.IGNORECASE)
_byline = re.compile(rf"(?i:{_BYLINE})")
_LONGEST_HEADING = 120
_LONGEST_NAME = 60


def is_faq_heading(text: str) -> bool:
    """Whether a heading opens the questions. "Bash FAQ" does, a sentence about questions does not."""
    text = text.strip()
    if not text or len(text) > _LONGEST_HEADING:
        return False
    return bool(_faq.match(text) or _ends_in_faq.match(text)) and not _runs_on(text) and not text.endswith("?")


def is_bare_faq_heading(text: str) -> bool:
    """Whether a heading says no more than that questions follow."""
    found = _faq.match(text.strip())
    return found is not None and (
        not found["tail"] or bool(re.fullmatch(r"\W*(?:\(?faqs?\)?)?\W*", found["tail"], re.IGNORECASE))
    )


def may_head_questions(text: str) -> bool:
    """Whether a heading speaks of asking in some form: only the questions under it show that it is one."""
    text = text.strip()
    return 0 < len(text) <= _LONGEST_HEADING and _asking.search(text) is not None and not _runs_on(text)


_ABBREVIATED = re.compile(r"(?:\b\w|\b(?:[JS]r|Dr|etc|Inc|Co|vs|No))\.$")


def _runs_on(text: str) -> bool:
    """Whether a line is a sentence or goes on; "Your Questions About Ada K." is none."""
    return text.endswith((",", ";", ":", ".", "。")) and not _ABBREVIATED.search(text)


def is_conclusion_heading(text: str) -> bool:
    text = text.strip()
    return len(text) <= _LONGEST_HEADING and _conclusion.match(text) is not None


def conclusion_run_in(text: str) -> int:
    """Where the words begin in "Conclusion: text" or "In short: text", after the cards; 0 when it is none."""
    found = re.match(rf"(?:{_CONCLUSION}|{_SUMMARY})\s*[:：]\s*(?=\S)", text, re.IGNORECASE)
    return found.end() if found else 0


def is_contents_heading(text: str) -> bool:
    return _is_name(_contents, text)


def is_summary_heading(text: str) -> bool:
    return _is_name(_summary, text)


def is_introduction_heading(text: str) -> bool:
    return _is_name(_introduction, text)


def names_a_part(text: str) -> bool:
    """Whether a heading says which part of the page follows, so that it is no card."""
    return (
        is_conclusion_heading(text)
        or is_contents_heading(text)
        or is_summary_heading(text)
        or is_introduction_heading(text)
        or _is_name(_sources, text)
    )


def is_byline(text: str) -> bool:
    """Whether a short line is a byline, a date, a reading time or a count of shares."""
    text = text.strip()
    return len(text) <= _LONGEST_NAME and _byline.match(text) is not None


def _is_name(pattern: re.Pattern[str], text: str) -> bool:
    text = text.strip().strip(":：[].!").strip()
    return len(text) <= _LONGEST_NAME and pattern.fullmatch(text) is not None


def starts_closing(text: str) -> bool:
    """Whether a paragraph begins as a last one does."""
    return _closing.match(text.strip()) is not None


_SENTENCE_END = re.compile(r"[.。．!！?？؟…:：;；][\"”’»」』)\]]*$")


def ends_sentence(text: str) -> bool:
    return _SENTENCE_END.search(text.rstrip()[-6:]) is not None and not (len(text) < 80 and _ABBREVIATED.search(text))


def is_question(text: str) -> bool:
    """Whether a line ends as a question (or holds one and a short rest: "Which is faster? A or B")."""
    text = text.strip().rstrip('"”’»」』)*_ ')
    return text.endswith(("?", "？", "؟")) or (len(text) < 120 and bool(re.search(r"[?？؟]\s*[^.!]*$", text)))


def same_words(one: str, other: str) -> bool:
    return squash(one) == squash(other) != ""


_WORD = re.compile(r"[\w'’-]+")


def spaced(text: str) -> str:
    """The words of a text in lower case, each between spaces: to look a phrase up in it."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "
