"""The few words that tell a part of an article in the languages of fan sites: questions, conclusion, contents.

They decide only about lines that already look like a heading; the card series is never found by its words.
"""

from __future__ import annotations

import re

from articles.importing.blocks import squash

_FAQ = (
    "faq|faqs|f a q|frequently asked questions?|common questions|your questions answered|questions (?:and|&) answers|"
    "questions?|q ?& ?a|q and a|(?:häufige|häufig gestellte|oft gestellte) fragen|fragen und antworten|"
    "foire aux questions|questions fréquentes|preguntas frecuentes|preguntas y respuestas|perguntas frequentes|"
    "domande frequenti|veelgestelde vragen|часто задаваемые вопросы|частые вопросы|вопросы и ответы|"
    "常见问题(?:解答|与解答|及解答)?|常見問題(?:解答)?|よくある(?:質問|ご質問)|자주 묻는 질문|자주 하는 질문|"
    "sık sorulan sorular|"
    "pertanyaan umum|najczęściej zadawane pytania"
)
_CONCLUSION = (
    "final (?:thoughts?|words?|verdict|take|note|reflections?)|(?:closing|parting) (?:thoughts?|words?)|"
    "(?:the |our )?(?:conclusions?|verdict|bottom line|takeaways?|key takeaways?)|in (?:conclusion|closing|summary)|"
    "(?:to )?(?:wrap(?:ping)?(?: it| things)? up|sum(?:ming)? up)|wrap-?up|summary|last words?|afterword|epilogue|"
    "fazit|zum schluss|schlusswort|abschließende (?:gedanken|worte)|zusammenfassung|"
    "conclusiones|conclusión|para terminar|reflexiones finales|en resumen|en conclusión|pour conclure|en résumé|"
    "le mot de la fin|conclusão|considerações finais|conclusione|conclusioni|in conclusione|conclusie|tot slot|"
    "заключение|вывод|выводы|итог|итоги|в заключение|подводя итоги?|"
    "结语|结论|结束语|总结|小结|写在最后|最后|結語|結論|總結|まとめ|終わりに|おわりに|最後に|結び|"
    "마무리|마치며|맺음말|결론|끝으로|마지막으로|sonuç|kesimpulan|podsumowanie|wnioski"
)
_CONTENTS = (
    "(?:table of )?contents|in this (?:article|post|list|guide)|jump to|on this page|quick (?:links|list)|"
    "inhaltsverzeichnis|inhalt|sommaire|table des matières|índice|contenido|tabla de contenidos?|conteúdo|indice|"
    "содержание|оглавление|目录|目次|目錄|목차|toggle|show|hide|i̇çindekiler|daftar isi|spis treści"
)
_CLOSING_START = (
    "in conclusion|to conclude|in summary|to sum (?:it )?up|all in all|overall,|so there you have it|there you have it|"
    "that(?:'|’)?s (?:all|it|a wrap)|that is (?:all|it)|and that(?:'|’)s|zum schluss|alles in allem|abschließend|"
    "en conclusion|pour conclure|en définitive|en conclusión|para concluir|en resumen|em conclusão|para terminar|"
    "in conclusione|в заключение|подводя итог|总之|总而言之|最后，|いかがでしたか|以上|결론적으로|마지막으로"
)

# A heading of a part may go on after its word: "Final Thoughts: more than a drama", "常见问题解答：…".
_faq = re.compile(rf"(?:the |our |some |your |fan )?(?:{_FAQ})(?P<tail>\W.*)?$", re.IGNORECASE | re.DOTALL)
_ends_in_faq = re.compile(r".*(?:\bfaqs?|frequently asked questions|\bq ?& ?a)\W*$", re.IGNORECASE | re.DOTALL)
_conclusion = re.compile(rf"(?:some |my |our |a few )?(?:{_CONCLUSION})(?P<tail>\W.*)?$", re.IGNORECASE | re.DOTALL)
_contents = re.compile(rf"(?:{_CONTENTS})$", re.IGNORECASE)
_closing = re.compile(rf"(?:{_CLOSING_START})", re.IGNORECASE)
_LONGEST_HEADING = 120


def is_faq_heading(text: str) -> bool:
    """Whether a heading opens the questions. "Bash FAQ" does, a sentence about questions does not."""
    text = text.strip()
    if not text or len(text) > _LONGEST_HEADING:
        return False
    return bool(_faq.match(text) or _ends_in_faq.match(text)) and not text.endswith((".", "?", ","))


def is_bare_faq_heading(text: str) -> bool:
    """Whether a heading says no more than that questions follow."""
    found = _faq.match(text.strip())
    return found is not None and (
        not found["tail"] or bool(re.fullmatch(r"\W*(?:\(?faqs?\)?)?\W*", found["tail"], re.IGNORECASE))
    )


def is_conclusion_heading(text: str) -> bool:
    text = text.strip()
    return len(text) <= _LONGEST_HEADING and _conclusion.match(text) is not None


def conclusion_run_in(text: str) -> int:
    """Where the words begin in "Conclusion: text", written as one paragraph; 0 when it is none."""
    found = re.match(rf"(?:{_CONCLUSION})\s*[:：]\s+(?=\S)", text, re.IGNORECASE)
    return found.end() if found else 0


def is_contents_heading(text: str) -> bool:
    text = text.strip().strip(":：[]").strip()
    return len(text) <= 60 and _contents.fullmatch(text) is not None


def starts_closing(text: str) -> bool:
    """Whether a paragraph begins as a last one does."""
    return _closing.match(text.strip()) is not None


_SENTENCE_END = re.compile(r"[.。．!！?？…:：;；][\"”’»」』)\]]*$")


def ends_sentence(text: str) -> bool:
    return _SENTENCE_END.search(text.rstrip()[-6:]) is not None


def is_question(text: str) -> bool:
    """Whether a line ends as a question (or holds one and a short rest: "Which is faster? A or B")."""
    text = text.strip().rstrip('"”’»」』)*_ ')
    return text.endswith(("?", "？", "؟")) or (len(text) < 120 and bool(re.search(r"[?？]\s*[^.!]*$", text)))


def same_words(one: str, other: str) -> bool:
    return squash(one) == squash(other) != ""


_WORD = re.compile(r"[\w'’-]+")


def spaced(text: str) -> str:
    """The words of a text in lower case, each between spaces: to look a phrase up in it."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "
