"""The words of walls: how servers and sites in our languages refuse, ask for consent or money, and say "not here".

Data only, as regular expressions without regard to case; `crawler.reading.refusal` says what they do.
"""

from __future__ import annotations

BLOCKED = (
    r"access (?:to this page has been )?denied|you don'?t have permission to access|request (?:unsuccessful|rejected)",
    r"request (?:was |has been )?blocked|are you (?:a robot|human)|verify(?:ing)? (?:that )?you are (?:a )?human",
    r"unusual traffic|captcha-delivery|cf-chl-|_cf_chl_opt|_incapsula_resource|px-captcha|ddos-guard",
    r"checking your browser before|enable javascript and cookies to continue|pardon our interruption",
    r"zugriff verweigert|acceso denegado|accesso negato|accès refusé|acesso negado|toegang geweigerd",
    r"доступ запрещ[её]н",
    r"访问被拒绝|拒絕存取|アクセスが拒否|접근이 거부|百度安全验证|人机验证",
)
"""What stands on the short pages of bot checks and firewalls (Akamai, Cloudflare, DataDome, Imperva, PerimeterX)."""

BLOCKED_TITLES = (
    r"403\b.*|forbidden|access denied|attention required!.*|just a moment|robot check|security check(?:point)?",
    r"pardon our interruption.*|verifying your browser|nur einen moment|einen moment,? bitte|un instant|un momento",
    r"un attimo|um momento|even geduld|chwileczkę|jeszcze chwila|один момент|bir dakika lütfen",
    r"et øjeblik|ett ögonblick",
    r"请稍候|請稍候|しばらくお待ちください|잠시만 기다리십시오|安全验证|百度安全验证",
)
"""Whole titles of such pages, however long the scripts on them."""

GONE_TITLES = (
    r"(?:error |http |fehler |erreur |errore )?404(?:$|\s*[-–—|:!.]|\s+(?:error|not|page|seite|página|fehler))",
    r"(?:oops\W*|sorry\W*)?(?:the |this )?(?:page|article|content|story) (?:not found|does(?:n'?t| not) exist)",
    r"(?:oops\W*|sorry\W*)?(?:the |this )?(?:page|article|content|story) (?:is )?no longer (?:available|exists)",
    r"not found$|seite (?:wurde )?nicht gefunden|pagina non trovata|página no encontrada",
    r"page (?:introuvable|non trouvée)",
    r"página não encontrada|pagina niet gevonden|nie znaleziono strony",
    r"strona nie została znaleziona|sidan hittades inte",
    r"страница не найдена|sayfa bulunamadı|(?:您访问的)?页面不存在",
    r"(?:很抱歉.{0,10})?找不到(?:页面|頁面|网页|網頁)",
    r"(?:お探しの)?ページが(?:見つかりません|存在しません)|(?:요청하신 )?페이지를 찾을 수",
)
"""What titles and headings of soft 404s begin with (after the site's name, where that stands first)."""

CONSENT = (
    r"we (?:and our .{0,30}partners |value your privacy|use cookies)|uses? cookies|accept (?:all )?cookies|reject all",
    r"manage (?:your )?(?:cookies|preferences|consent|choices)|consent to|before you continue",
    r"privacy (?:policy|settings)|your privacy choices|continue with ads|legitimate interest",
    r"wir (?:und unsere .{0,30}partner|verwenden cookies|benötigen ihre zustimmung)|cookies? (?:zustimmen|akzeptieren)",
    r"alle akzeptieren|mit werbung (?:weiterlesen|und cookies)|einwilligung|bevor sie fortfahren|datenschutz",
    r"utilizamos cookies|aceptar (?:todas )?(?:las )?cookies|antes de continuar|política de (?:cookies|privac)",
    r"nous utilisons des cookies|accepter (?:tout|et (?:continuer|fermer))|tout (?:accepter|refuser)",
    r"avant de continuer|continuer sans accepter|utilizziamo (?:i )?cookie|accetta (?:tutti|e continua)",
    r"informativa sulla privacy",
    r"usamos cookies|aceitar (?:todos )?(?:os )?cookies|wij gebruiken cookies|alles accepteren|akceptuję",
    r"pliki cookies?|używamy (?:plików )?cookies|vi använder (?:cookies|kakor)|мы используем (?:файлы )?cookie|çerez",
    r"我们使用.{0,6}cookie|我們使用.{0,6}cookie|接受所有|クッキー(?:を使用|に同意)|cookieを使用|쿠키를 사용",
)
"""What sentences of consent dialogs say."""

PAID = (
    r"(?:subscribe|sign in|log in|register) (?:now )?to (?:(?:continue|keep) reading|read (?:the )?(?:full|more|this))",
    r"(?:article|content|story) is (?:only )?(?:for|available to|reserved for) .{0,20}(?:subscribers|members)",
    r"(?:subscribers|members)[- ]only (?:article|content|story)|to read the full (?:story|article)",
    r"already a subscriber\?|continue reading with a|you(?:'ve| have) reached your .{0,20}limit",
    r"(?:artikel|beitrag|inhalt) ist (?:nur )?(?:für|exklusiv für|unseren) .{0,30}abonnent|nur für abonnenten",
    r"weiterlesen mit .{0,20}(?:\+|plus|abo)|jetzt (?:abonnieren und )?weiterlesen|jetzt abo abschließen",
    r"réservé aux abonnés|(?:abonnez|connectez)-vous pour (?:lire|continuer)",
    r"il vous reste .{0,20}à (?:lire|découvrir)",
    r"riservato agli abbonati|abbonati per (?:continuare|leggere)|per continuare a leggere",
    r"(?:exclusivo|solo) para (?:suscriptores|assinantes)|suscríbete para (?:seguir|continuar) leyendo",
    r"assine para (?:continuar|ler)|conteúdo exclusivo para assinantes",
    r"alleen voor abonnees|tylko dla (?:prenumeratorów|subskrybentów)|endast för prenumeranter|abonelere özel",
    r"(?:только|доступ\w*) (?:для|по) подпис(?:чик|к)",
    r"(?:有料)?会員限定(?:です|の?記事)|有料会員(?:に登録|になると)|続きを読むには|残り\s?\d+文字",
    r"付费(?:阅读|内容|订阅)|订阅后(?:继续)?阅读|訂閱後(?:繼續)?閱讀|付費(?:閱讀|內容)",
    r"유료 (?:회원|구독자)|구독자 전용",
)
"""What stands where a text breaks off for those who have not paid."""
