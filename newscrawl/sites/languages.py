"""Language codes: what WET files write (ISO 639-3) as what articles write (BCP 47)."""

from __future__ import annotations

_SHORT = (
    "afr=af amh=am ara=ar aze=az bel=be ben=bn bos=bs bul=bg cat=ca ces=cs cym=cy dan=da deu=de ell=el eng=en epo=eo "
    "est=et eus=eu fas=fa fin=fi fra=fr gle=ga glg=gl guj=gu hau=ha heb=he hin=hi hrv=hr hun=hu hye=hy ind=id isl=is "
    "ita=it jpn=ja kan=kn kat=ka kaz=kk khm=km kin=rw kir=ky kor=ko kur=ku lao=lo lat=la lav=lv lit=lt mal=ml mar=mr "
    "mkd=mk mlt=mt mon=mn msa=ms mya=my nep=ne nld=nl nno=nn nob=nb nor=no orm=om pan=pa pol=pl por=pt pus=ps ron=ro "
    "rus=ru sin=si slk=sk slv=sl som=so spa=es sqi=sq srp=sr swa=sw swe=sv tam=ta tat=tt tel=te tgk=tg tha=th tir=ti "
    "tuk=tk tur=tr uig=ug ukr=uk urd=ur uzb=uz vie=vi xho=xh yor=yo zho=zh zul=zu"
)
"""ISO 639-3 codes with a two-letter code, which BCP 47 asks for where there is one (RFC 5646, 2.2.1)."""

_BY_CODE = dict(pair.split("=") for pair in _SHORT.split())


def bcp47(code: str) -> str:
    """The tag of the language that ISO 639-3 calls ``code``."""
    return _BY_CODE.get(code.lower(), code.lower())
