"""Names of the services of the family and their hosts, case-folded, as titles, notes and promotions spell them."""

from __future__ import annotations

from newscrawl.extract.phrases import listed

HOUSES = frozenset(
    listed(
        """
        radio free europe/radio liberty|rferl.org|радио свобода|svoboda.org|радіо свобода|radiosvoboda.org
        радыё свабода|svaboda.org|qırım.aqiqat|ktat.krymr.com|крим.реалії|ua.krymr.com|крым.реалии|ru.krymr.com
        szabad európa|szabadeuropa.hu|radio europa liberă moldova|moldova.europalibera.org|europa liberă românia
        romania.europalibera.org|свободна европа|svobodnaevropa.bg|radio slobodna evropa|slobodnaevropa.org
        радио слободна европа|slobodnaevropa.mk|radio evropa e lirë|evropaelire.org|север.реалии|severreal.org
        сибирь.реалии|sibreal.org|азатлык радиосы|azatliq.org|idel.реалии|idelreal.org|кавказ.реалии|kavkazr.com
        маршо радио|radiomarsho.com|«ազատություն» ռադիոկայան|azatutyun.am|радио азатутюн|rus.azatutyun.am
        azadlıq radiosu|azadliq.org|რადიო თავისუფლება|radiotavisupleba.ge|эхо кавказа|ekhokavkaza.com|رادیو فردا
        radiofarda.com|radio farda|en.radiofarda.com|азаттық радиосы|azattyq.org|радио азаттык|rus.azattyq.org
        азаттык үналгысы|azattyk.org|rus.azattyk.org|радиои озодӣ|ozodi.org|радио озоди|rus.ozodi.org
        azatlyk radiosy|azathabar.com|радио азатлык|rus.azathabar.com|озодлик радиоси|ozodlik.org|радио озодлик
        rus.ozodlik.org|ازادي راډیو|pa.azadiradio.com|رادیو آزادی|da.azadiradio.com|مشال راډیو|mashaalradio.com
        настоящее время|currenttime.tv|votvot|votvot.tv|rfe/rl pressroom|pressroom.rferl.org|voice of america
        voanews.com|voa learning english|learningenglish.voanews.com|голос америки|golosameriki.com|美国之音
        voachinese.com|美國之音粵語網|voacantonese.com|صدای آمریکا|ir.voanews.com|polygraph.info|фактограф
        factograph.info|editorials.voa.gov|zeriamerikes.com|ba.voanews.com|gr.voanews.com|mk.voanews.com
        glasamerike.net|ukrainian.voanews.com|amerikayidzayn.com|amerikaninsesi.org|amerikiskhma.com
        amerikaovozi.com|voabangla.com|darivoa.com|pashtovoa.com|voadeewanews.com|urduvoa.com
        burmese.voanews.com|voaindonesia.com|khmer.voanews.com|voacambodia.com|voakorea.com|lao.voanews.com
        voathai.com|voatibetan.com|voatiengviet.com|voaafaanoromoo.com|amharic.voanews.com|voabambara.com
        voaafrique.com|voahausa.com|radiyoyacuvoa.com|voalingala.com|voandebele.com|voaportugues.com
        voashona.com|voasomali.com|voaswahili.com|tigrigna.voanews.com|voazimbabwe.com|dengiamerika.com
        dengeamerika.com|amerikaninsesi.com|voanouvel.com|vozdeamerica.com|gandhara.rferl.org|rfe/rl|rferl|rfe
        radio free europe|radio liberty|radio svoboda|svoboda|voa|voa news|voanews|learning english|current time
        radio free afghanistan|radio azadi|radio mashaal|gandhara|azattyq|azattyk|ozodi|ozodlik|azatliq
        azatutyun|azadliq|krym.realii|idel.realii|schemes|systema|радио свободная европа
        радио свободная европа/радио свобода|рсе/рс|рсе|крым реалии|азаттык|азаттық|озоди|озодлик|озодӣ|азатлык
        радіо вільна європа|свабода|rse|slobodna evropa|слободна европа|rel|rел|evropa e lirë|europa liberă
        europa liberă moldova|azadlıq|ազատություն|«ազատություն»|თავისუფლება|რთე|رادیو اروپای آزاد|امریکا غږ
        وائس آف امریکہ|وی او اے|美國之音|voz de américa|voz de américa (voa)|voz da américa|voix de l'amérique
        amerika'nın sesi|voa türkçe|voa indonesia|voa tiếng việt|voa 한국어|미국의 소리|zëri i amerikës
        glas amerike|glas amerike (voa)|глас на америка|ամերիկայի ձայն|amerikanın səsi|ამერიკის ხმა
        amerika ovozi|ভয়েস অফ আমেরিকা|sauti ya amerika|muryar amurka|ezwi la amerika|codka maraykanka|ድምፅ አሜሪካ
        የአሜሪካ ድምፅ|dengê amerîka|dengiamerika|φωνή τησ αμερικήσ|lavwadlamerik|ijwi ry'amerika|studio 7|វីអូអេ
        វិទ្យុសម្លេងសហរដ្ឋអាមេរិក|วอยซ์ ออฟ อเมริกา|วีโอเอ ไทย|ສຽງອະເມຣິກາ|ဗွီအိုအေ|ཨ་རིའི་རླུང་འཕྲིན|polygraph
        factograph"""
    )
)
"""RFE/RL and VOA: publishers, programmes that publish under names of their own, hosts without ``www.``"""
