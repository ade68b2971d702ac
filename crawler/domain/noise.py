"""The words of noise: how sources in our languages label embeds, beg for followers, sell, and cut short.

Data only, as regular expressions without regard to case; `crawler.domain.cleaning` says what they do.
"""

from __future__ import annotations

PLACES = (
    "google (?:news|discover)|news google|telegram|whatsapp|twitter|facebook|instagram|youtube|tiktok|discord|threads"
    "|mastodon|bluesky|linkedin|social(?: media)?|reddit|flipboard"
)
"""Where readers are begged to follow."""

LABELS = (
    r"(?:youtube|vimeo|twitter|instagram|tiktok)[ -](?:video[ -])?(?:player|embed|video|inhalt|content)",
    r"(?:click|tap|press) here to (?:load|play|view|show|watch)\b.*",
    r"(?:play|load|watch|view|show) (?:the )?(?:video|tweet|content|gallery|image \d+.*)(?: on youtube)?",
    r"watch on youtube",
    r"video can't be loaded.*",
    r"embedded (?:content|media|video)",
    r"view this post on instagram",
    r"a post shared by .*",
    r"(?:please )?(?:accept|enable|allow) .{0,60}\bcookies\b.*",
    r"this (?:content|video) is hosted (?:by|on) .*",
    r"(?:klicke[nt]?|hier klicken|klick)\b.{0,60}\b(?:laden|anzuzeigen|abzuspielen|anzusehen)\b.*",
    r"(?:video|inhalt|beitrag|tweet) (?:laden|anzeigen|abspielen)",
    r"empfohlener (?:redaktioneller|externer) inhalt",
    r"an dieser stelle (?:findest|finden|steht|gibt)\b.*",
    r"mit dem laden des videos akzeptier.*",
    r"(?:clicca|fai clic|premi) qui per (?:caricare|vedere|guardare|riprodurre)\b.*",
    r"(?:carica|guarda|riproduci) (?:il )?video",
    r"(?:haz|pulsa|haga)(?: clic)? aquí para (?:cargar|ver|reproducir)\b.*",
    r"(?:cargar|ver|reproducir) (?:el )?v[ií]deo",
    r"cliquez ici pour (?:charger|voir|lire)\b.*",
    r"(?:charger|lire) la vid[ée]o",
    r"clique aqui para (?:carregar|ver|assistir)\b.*",
    r"点击(?:播放|加载|查看)(?:视频|图片|内容)?",
    r"(?:播放|加载)视频",
    r"視頻播放器",
    r"(?:動画|ビデオ)を(?:再生|読み込む)",
    r"동영상 (?:재생|보기)",
    r"(?:copyright )?(?:©|\(c\)) .{0,80}",
    r"copyright\b.{0,80}",
    r"all rights reserved",
    r"(?:by|von|por|par|di) .{3,60} (?:last )?updated",
    r"\d{4}年\d{1,2}月\d{1,2}日 ?\d{1,2}時\d{2}分(?:更新|公開)?",
    r"advertisement",
    r"anzeige",
    r"werbung",
    r"pubblicità",
    r"publicidad",
    r"publicité",
    r"publicidade",
    r"reclame",
    r"广告",
    r"廣告",
    r"スポンサーリンク",
    r"광고",
)
"""What stands on a line of its own, or as a sentence, where a player, picture or advertisement was."""

TAILS = (
    ("The post", r"\bThe post\b.{1,250}?\b(?:appeared first on|first appeared on)\b"),
    ("Der Beitrag", r"\bDer Beitrag\b.{1,250}?\berschien zuerst (?:auf|bei)\b"),
    ("articolo", r"\bL[’']articolo\b.{1,250}?\b(?:sembra essere il primo su|proviene da)\b"),
    ("La entrada", r"\bLa entrada\b.{1,250}?\b(?:se publicó|apareció|aparece) primero en\b"),
    ("en premier sur", r"\bL[’']article\b.{1,250}?\best apparu en premier sur\b"),
    ("O post", r"\bO post\b.{1,250}?\bapareceu primeiro em\b"),
    ("Artykuł", r"\bArtykuł\b.{1,250}?\bpochodzi z serwisu\b"),
    ("Запись", r"Запись .{1,250}? впервые появилась"),
    ("投稿", r"投稿.{1,250}?に最初に表示されました"),
)
"""What blog software ends a feed's text with, the site's name after it; with regard to case.

Each, as in all that follow, with the words without which it cannot match: to look for those first is far faster.
"""

PLEAS = (
    ("follow", rf"(?:^(?:please |also )?follow|\bfollow (?:us|our|me))\b.{{1,60}}\b(?:{PLACES})"),
    ("find us", rf"\bfind us on\b.{{1,60}}\b(?:{PLACES})"),
    ("join", rf"\bjoin (?:us|our)\b.{{1,60}}\b(?:channel|group|community|{PLACES})"),
    ("subscribe", r"\bsubscribe (?:to|for) (?:our|the|my|\w+[’']s)\b.{0,60}\b(?:newsletter|channel|updates)"),
    ("sign up", r"\bsign up (?:to|for) (?:our|the|my|\w+[’']s)\b.{0,60}\b(?:newsletter|updates|inbox)"),
    ("our", r"\bour (?:daily |weekly |free )?newsletter"),
    ("appeared", r"\bthis (?:article|story) (?:first|originally) appeared\b"),
    ("affiliate", r"\baffiliate (?:links?|commissions?|partner)|\baffiliate-links?\b|\baffiliatelinks?\b"),
    ("commission", r"\bearn\w* (?:us )?an? .{0,30}commission"),
    ("amazon associate", r"\bas an amazon associate"),
    ("discover", r"\bdiscover\b.{0,80}\b(?:coupons?|flyer|deals|offers)\b"),
    ("read also", r"^read also\b"),
    ("also read", r"^also read\b"),
    ("read next", r"^read next\b"),
    ("see also", r"^see also\b"),
    ("related", r"^related\s*:"),
    ("folg", rf"(?:^folg\w*|\bfolg\w* uns)\b.{{1,60}}\b(?:{PLACES})"),
    ("besuch", rf"\bbesuch\w* uns\b.{{1,60}}\b(?:{PLACES})"),
    ("abonnier", r"\babonnier\w*\b.{0,60}\b(?:newsletter|kanal)"),
    ("newsletter", r"\bnewsletter\b.{0,30}\b(?:anmelden|abonnieren)\b"),
    ("provision", r"\b(?:erhalten|bekommen|erhält) .{0,60}\bprovision"),
    ("lest auch", r"^lest auch\b"),
    ("lesen sie auch", r"^lesen sie auch\b"),
    ("auch interessant", r"^auch interessant\b"),
    ("mehr zum thema", r"^mehr zum thema\b"),
    ("segui", rf"(?:^segui|\bsegui(?:ci|teci))\b.{{1,60}}\b(?:{PLACES})"),
    ("iscriviti", r"\biscriviti\b.{0,60}\b(?:canale|newsletter|gruppo)"),
    ("scopri", r"\bscopri\b.{0,80}\b(?:coupon|volantino|offert\w+|sconti)\b"),
    ("affiliazion", r"\blinks? (?:di )?affiliazion"),
    ("leggi anche", r"^leggi anche\b"),
    ("sigue", rf"^sigue\b.{{1,60}}\b(?:{PLACES})"),
    ("síguenos", rf"\bsíguenos\b.{{1,60}}\b(?:{PLACES})"),
    ("suscríbete", r"\bsuscríbete\b"),
    ("únete", r"\búnete a\b.{0,40}\b(?:canal|grupo)"),
    ("afiliad", r"\b(?:enlaces?|links?) (?:de )?afiliad"),
    ("lee también", r"^lee también\b"),
    ("descubre", r"\bdescubre\b.{0,80}\b(?:cupones|ofertas|descuentos)\b"),
    ("suivez", r"\bsuivez[- ]nous\b"),
    ("abonnez", r"\babonnez-vous\b"),
    ("affili", r"\bliens? affili"),
    ("à lire aussi", r"^à lire aussi\b"),
    ("inscreva-se", r"\binscreva-se\b"),
    ("siga", rf"^siga\b.{{1,60}}\b(?:{PLACES})"),
    ("leia também", r"^leia também\b"),
    ("volg ons", r"\bvolg ons (?:op|via)\b"),
    ("meld je aan", r"\bmeld je aan voor\b"),
    ("lees ook", r"^lees ook\b"),
    ("läs också", r"^läs också\b"),
    ("obserwuj", r"\bobserwuj nas\b"),
    ("czytaj też", r"^czytaj też\b"),
    ("подпис", r"подпис(?:ывайтесь|аться|ывайся)"),
    ("читайте также", r"^читайте также"),
    ("подробнее", r"^подробнее на сайте"),
    ("关注", r"关注(?:我们|.{0,15}公众号)"),
    ("關注", r"關注我們"),
    ("扫", r"^扫码|扫描.{0,6}二维码"),
    ("广告声明", r"广告声明"),
    ("责任编辑", r"责任编辑[:：]"),
    ("更多精彩", r"更多精彩内容"),
    ("下载", r"下载.{0,10}(?:app|客户端)"),
    ("延伸", r"延伸閱讀|延伸阅读"),
    ("フォロー", r"フォロー(?:して|する|お願い)"),
    ("アフィリエイト", r"アフィリエイト"),
    ("メルマガ", r"メルマガ"),
    ("チャンネル登録", r"チャンネル登録(?!者)"),
    ("구독", r"구독(?:하|을|를)"),
    ("팔로우", r"팔로우(?:하|을|를)"),
    ("함께 보면", r"함께 보면 좋은"),
)
"""What makes a whole sentence one that speaks of the source and not of the news; the words in lower case."""

SALES = (
    r"coupon|flyer|volantino|\bdeals?\b|\boffers?\b|offert|scont|rabatt|angebot|gutschein|cup[oó]n|oferta|descuento",
    r"promo|discount|black friday|prime day|amazon|newsletter|优惠|折扣|クーポン|セール|скидк|канал",
    PLACES,
)
"""What, after a promotional sign, makes a promotion of the rest."""

MORE = (
    "[…]",
    "[...]",
    *("continue reading", "read more", "weiterlesen", "mehr lesen", "leggi tutto", "continua a leggere", "leer más"),
    *("seguir leyendo", "lire la suite", "leia mais", "lees verder", "czytaj dalej", "читать далее"),
    *("続きを読む", "阅读全文", "閱讀全文", "더 보기"),
)
"""What a summary ends with where it was cut: plain words, no expressions."""
