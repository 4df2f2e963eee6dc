"""News agencies, broadcasters and papers that the family's newsrooms credit, case-folded, in their scripts.

In scripts without capitals, a name in a credit is recognised by being one of these.
"""

from __future__ import annotations

AGENCIES = frozenset(
    """
ap|ap photo|associated press|the associated press|afp|afp photo|agence france-presse|france-presse|reuters|dpa
epa|epa-efe|efe|efe-epa|ansa|apa|pap|čtk|ctk|mti|tanjug|beta|hina|fena|srna|mina|agerpres|mediafax|bta|bgnes|mia
makfax|upi|kyodo|xinhua|yonhap|anadolu|anadolu agency|aa|iha|dha|irna|isna|fars|tasnim|mehr|ilna|tass|itar-tass
interfax|ria novosti|ria|rbc|kommersant|vedomosti|unian|ukrinform|interfax-ukraine|ukrayinska pravda|belta
belapan|kaztag|24.kg|akipress|azertac|turan|trend|report|civil georgia|interpressnews|armenpress|panarmenian
pajhwok|tolo news|bbc|bbc news|cnn|nbc|nbc news|abc|abc news|cbs|cbs news|fox news|cnbc|npr|pbs
the new york times|new york times|the washington post|the wall street journal|bloomberg|axios|politico
the guardian|the observer|the times|the telegraph|the independent|financial times|the economist|le monde
le figaro|der spiegel|die welt|bild|deutsche welle|dw|zdf|ard|al-jazeera|al jazeera|current time|rfe/rl|rferl
radio free europe|voa|voice of america|radio farda|getty|getty images|shutterstock|imago|zuma|sputnik|novosti
agency|agencies|news agencies|wire services
aap|aap image|pa|pa media|pa wire|pa images|press association|ritzau|ritzau scanpix|scanpix|tt|ntb|lehtikuva|anp
belga|keystone|keystone-sda|lusa|picture alliance|picture-alliance|dpa picture-alliance|jiji|jiji press|ani|pti
bernama|sipa|sipa usa|rex|rex features|alamy|alamy stock photo|istock|istockphoto|adobe stock|unsplash|pexels
pixabay|depositphotos|dreamstime|imago images|eyevine|magnum photos|zuma press|newscom|nurphoto|ap images
ap file photo|bloomberg via getty images|getty images/istockphoto|canadian press|the canadian press|agence qmi
presse canadienne|epa images|ddp|epd|kna|sid|news aktuell|newsroom|pap foto|europa press
meduza|mediazona|novaya gazeta|the insider|bellingcat|occrp|n1|rts|balkan insight|тасс|итар-тасс|интерфакс
интерфакс-украина|риа новости|риа|рбк|коммерсант|коммерсантъ|ведомости|униан|уніан|укринформ|укрінформ
украинская правда|українська правда|белта|белапан|казтаг|рейтер|рейтерс|ройтерс|ројтерс|апн|бта|бгнес
агентство франс пресс|франс пресс|ассошиэйтед пресс|асошиейтед прес|асошиэйтед пресс|ап|афп|афр|дпа|епа|би-би-си
бі-бі-сі|бибиси|си-эн-эн|настоящее время|медуза|медиазона|новая газета|радио свобода|радіо свобода|радыё свабода
свободна европа|азаттык|азаттық|голос америки|миа|танјуг|мина|макфакс|رویترز|رويترز|خبرگزاری رویترز|رویټرز
روېټرز|خبرگزاری فرانسه|فرانس پرس|آسوشیتدپرس|اسوشیتدپرس|اسوشيتډ پرس|آسوشیتد پرس|ای‌پی|اې پي|اې اېف پي|ای‌اف‌پی
ایرنا|ایسنا|فارس|تسنیم|مهر|ایلنا|بی‌بی‌سی|سی‌ان‌ان|دی‌پی‌ای|بلومبرگ|رادیو فردا|رادیو آزادی|ازادي راډیو
مشال راډیو|صدای آمریکا|گاردین|نیویورک تایمز|واشینگتن‌پست|وال‌استریت ژورنال|اکسیوس|როიტერი|როიტერსი
ინტერპრესნიუსი|ასოშიეიტედ პრესი|ფრანს პრესი|რადიო თავისუფლება|ბიბისი|ռոյթերս|ռոյթերզ|արմենպրես|ազատություն
ֆրանս պրես|ասոշիեյթեդ պրես|բի-բի-սի|տասս|ինտերֆաքս|路透社|法新社|美联社|美聯社|新华社|新華社|德新社|共同社
韩联社|韓聯社|中央社|彭博社|美国之音|美國之音|英国广播公司|纽约时报|華爾街日報|华尔街日报
""".replace("\n", "|").split("|")
) - {""}
