"""What a byline begins with; it is no part of the name. Case-folded."""

from __future__ import annotations

from newscrawl.extract.phrases import Table, listed

BY: Table = {
    "en": listed(
        """
        by|written by|reported by|story by|text by|text|compiled by|author|authors|words by|video by|videos by|photos by
        photo by|photographs by|pictures by|graphics by|interview by|interviewed by|additional reporting by|reporting by
        view all posts by|view all articles by|see all posts by|posts by|more posts by|more articles by|articles by
        view all by|more by|more from|contributed by|with"""
    ),
    "ru": listed(
        """
        автор|авторы|авторы:|автор текста|текст|подготовил|подготовила|подготовили|беседовал|беседовала|беседовали
        записал|записала|записали|фото|видео|интервью"""
    ),
    "uk": listed(
        """
        автор|автори|авторка|авторки|автор тексту|текст|підготував|підготувала|підготували|розмовляв|розмовляла
        спілкувався|спілкувалася|записав|записала|записали|фото|відео|інтерв'ю"""
    ),
    "be": listed("аўтар|аўтары|аўтарка|тэкст|падрыхтаваў|падрыхтавала"),
    "bg": listed("от|автор|автори|текст"),
    "mk": listed("од|автор|автори|пишува|подготви|текст"),
    "sr": listed("piše|pišu|autor|autori|autorka|autorke|priredio|priredila|priredili|tekst|пише|аутор"),
    "sq": listed("nga|autor|autori|autorë|shkruan|shkruar nga|përgatiti"),
    "ro": listed("de|autor|autori|text|un text de"),
    "hu": listed("szerző|szerzők|írta|szöveg"),
    "crh": listed("müellif|müellifler|yazğan"),
    "tt": listed("автор|авторлар"),
    "ce": listed("автор|авторш"),
    "hy": listed("հեղինակ|հեղինակը|հեղինակներ"),
    "az": listed("müəllif|müəlliflər|yazdı"),
    "ka": listed("ავტორი|ავტორები"),
    "fa": listed("از|نویسنده|نویسندگان|نوشته|نوشتهٔ|گزارش از|گزارش|به قلم"),
    "ps": listed("لیکوال|ليکوال|لیکونکی|لیکوالان"),
    "kk": listed("автор|авторлар|авторы"),
    "ky": listed("автор|авторлор|автору"),
    "tg": listed("муаллиф|муаллифон|аз"),
    "tk": listed("awtor|awtorlar|ýazan"),
    "uz": listed("muallif|mualliflar|муаллиф|муаллифлар"),
    "zh": listed("作者|记者|記者|编辑|編輯|撰文|文"),
    "de": listed("von|text|autor|autorin"),
    "fr": listed("par|auteur|texte"),
    "es": listed("por|autor|autora|texto"),
    "it": listed("autore|autrice|testo"),
    "pl": listed("autor|autorka|autorzy|opracowanie|tekst"),
    "pt": listed("por|autor|autora|texto"),
    "nl": listed("door|auteur|tekst"),
    "cs": listed("autor|autorka|autoři"),
    "tr": listed("yazan|yazar"),
}

BARE = frozenset(
    listed(
        """
        by|written by|reported by|story by|text by|compiled by|от|од|nga|de|از|گزارش از|به قلم|von|par|por|door|аз
        un text de|shkruar nga|автор|автори|авторы|автор текста|аўтар|piše|pišu|ავტორი|հեղինակ
        подготовил|подготовила|подготовили|підготував|підготувала|підготували|падрыхтаваў|падрыхтавала|пишува
        беседовал|беседовала|беседовали|записал|записала|записали|фото|видео|розмовляв|розмовляла|спілкувався
        спілкувалася|записав|записала|записали|відео|words by|video by|videos by|photos by|photo by|photographs by
        pictures by|graphics by|interview by|interviewed by|additional reporting by|reporting by|view all posts by
        view all articles by|see all posts by|posts by|more posts by|more articles by|articles by|view all by|more by
        more from|contributed by|with
        подготви|priredio|priredila|priredili|shkruan|përgatiti|írta"""
    )
)
"""Those that may stand without a colon; any other is a noun that could begin a name."""
