"""Words for what people do at a newsroom, which stand beside their names in bylines; case-folded, whole words.

The stems in :mod:`newscrawl.extract.phrases.roles` are for notes about authors: a stem in a byline may begin a name.
"""

from __future__ import annotations

from newscrawl.extract.phrases import listed

ROLES = frozenset(
    listed(
        """
        reporter|reporters|correspondent|correspondents|editor|editors|writer|writers|journalist|journalists|columnist
        contributor|contributors|producer|photographer|photojournalist|author|analyst|critic|blogger|commentator|presenter
        anchor|researcher|intern|fellow|reviewer|editor-in-chief|editor-at-large
        redakteur|redakteurin|reporterin|korrespondent|korrespondentin|journalistin|volontär|volontärin|chefredakteur
        chefredakteurin|ressortleiter|ressortleiterin|kolumnist|kolumnistin|autorin|politikredakteur|sportredakteur
        journaliste|correspondante|rédacteur|rédactrice|chroniqueur|chroniqueuse|periodista|corresponsal|redactor|redactora
        columnista|giornalista|corrispondente|redattore|redattrice|jornalista|correspondente|repórter|dziennikarz
        dziennikarka|verslaggever|verslaggeefster|redacteur|muhabir|editör|novinar|novinarka|dopisnik|dopisnica|urednik
        urednica|korespondent|korespondentkinja|gazetar|gazetare|jurnalist|jurnalistă|corespondent|újságíró|szerkesztő
        корреспондент|корреспондентка|журналист|журналистка|обозреватель|редактор|редакторка|репортёр|репортер|колумнист
        ведущий|ведущая|политолог|кореспондент|кореспондентка|журналіст|журналістка|оглядач|оглядачка|карэспандэнт
        карэспандэнтка|журналістка|журналіст|рэдактар|новинар|новинарка|дописник|уредник
        """
    )
)
"""Nouns that name a role."""

RANKS = frozenset(
    listed(
        """
        senior|chief|managing|deputy|associate|assistant|staff|special|guest|contributing|executive|national|foreign
        international|political|politics|business|economics|economy|financial|health|science|environment|climate|energy
        education|technology|tech|sports|sport|culture|arts|entertainment|world|city|local|state|diplomatic|defense|defence
        security|white|investigative|data|digital|video|news|features|opinion|royal|crime|legal|religion|media|lead|junior
        head|former|freelance|multimedia|regional|general|assignment|washington
        freier|freie|leitender|leitende|stellvertretender|stellvertretende|старший|старшая|специальный|специальная
        главный|главная|собственный|спеціальний|спеціальна|головний|головна|старша
        """
    )
)
"""Words that stand before a role and belong to it."""
