"""Words of the demonstration's fronts, in its four languages. All of it invented."""

from typing import Any

STRAPLINES = {
    "en": "Human rights, chapter by chapter",
    "fr": "Les droits humains, section par section",
    "es": "Derechos humanos, sección por sección",
    "ar": "حقوق الإنسان، فرعًا فرعًا",
}
SUMMARIES = {
    "en": "Thirty-nine chapters that know their courts, their prisons and their newspapers. The secretariat keeps them in touch.",
    "fr": "Trente-neuf sections qui connaissent leurs tribunaux, leurs prisons et leurs journaux. Le secrétariat les relie.",
    "es": "Treinta y nueve secciones que conocen sus tribunales, sus cárceles y sus periódicos. La secretaría las pone en contacto.",
    "ar": "تسعة وثلاثون فرعًا تعرف محاكمها وسجونها وصحفها، وتصل الأمانة العامة بينها.",
}  # fmt: skip
FOOTER = {
    "en": "Where it is not safe to write, come by: every chapter keeps an open hour.",
    "fr": "Là où il est dangereux d’écrire, passez : chaque section tient une permanence.",
    "es": "Donde no sea seguro escribir, venga: cada sección tiene horas de atención.",
    "ar": "حيث لا تكون الكتابة آمنة تعالوا إلينا: لكل فرع ساعات استقبال.",
}
MENU = {
    "en": [("Chapters", "/chapters/"), ("Statements", "/statements/"), ("Cases", "/cases/"), ("Events", "/events/"), ("Everything", "/all/")],
    "fr": [("Sections", "/chapters/"), ("Déclarations", "/statements/"), ("Cas", "/cases/"), ("Agenda", "/events/"), ("Tout", "/all/")],
    "es": [("Secciones", "/chapters/"), ("Declaraciones", "/statements/"), ("Casos", "/cases/"), ("Agenda", "/events/"), ("Todo", "/all/")],
    "ar": [("الفروع", "/chapters/"), ("البيانات", "/statements/"), ("الحالات", "/cases/"), ("الفعاليات", "/events/"), ("الكل", "/all/")],
}  # fmt: skip
# Of the home page: its first sentence, then the headings of the map, of positions and of what is coming.
INTRODUCTIONS = {
    "en": ("What happened, who stands by whom, and what you can do", "Where", "Positions and cases", "Coming"),
    "fr": ("Ce qui s’est passé, qui soutient qui, et ce que vous pouvez faire", "Où", "Positions et cas", "À venir"),
    "es": ("Qué ha pasado, quién apoya a quién y qué puede hacer usted", "Dónde", "Posiciones y casos", "Próximamente"),
    "ar": ("ما الذي حدث، ومن يقف مع من، وماذا يمكنكم أن تفعلوا", "أين", "مواقف وحالات", "قريبًا"),
}
CALL = {
    "en": (
        "Has it happened to you, or before your eyes?",
        "The chapter of your country listens, in your language and without cost. Nothing is written down without your consent.",
        "Find your chapter",
    ),
    "fr": (
        "Cela vous est arrivé, ou sous vos yeux ?",
        "La section de votre pays vous écoute, dans votre langue et gratuitement. Rien n’est noté sans votre accord.",
        "Trouver votre section",
    ),
    "es": (
        "¿Le ha pasado a usted, o lo ha visto?",
        "La sección de su país le escucha, en su lengua y sin coste. No se anota nada sin su consentimiento.",
        "Encontrar su sección",
    ),
    "ar": (
        "هل حدث ذلك لكم أو أمام أعينكم؟",
        "يستمع إليكم فرع بلدكم بلغتكم ومجانًا، ولا يُدوَّن شيء دون موافقتكم.",
        "ابحثوا عن فرعكم",
    ),
}  # fmt: skip
PAGES: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {
    "privacy": {
        "en": (
            "Privacy",
            (
                "This site sets no cookies, counts nobody and loads nothing from elsewhere. What you search for is neither kept nor passed on.",
                "Whoever writes to a chapter decides what the chapter may keep. Letters that lead to nothing are destroyed after six months.",
            ),
        ),
        "fr": (
            "Confidentialité",
            (
                "Ce site ne dépose aucun cookie, ne compte personne et ne charge rien d’ailleurs. Vos recherches ne sont ni gardées ni transmises.",
                "Qui écrit à une section décide de ce qu’elle peut garder. Les courriers sans suite sont détruits après six mois.",
            ),
        ),
        "es": (
            "Privacidad",
            (
                "Este sitio no instala cookies, no cuenta a nadie y no carga nada de fuera. Lo que usted busca no se guarda ni se transmite.",
                "Quien escribe a una sección decide qué puede conservar esta. Las cartas sin seguimiento se destruyen a los seis meses.",
            ),
        ),
        "ar": (
            "الخصوصية",
            (
                "لا يضع هذا الموقع أي ملفات ارتباط، ولا يحصي أحدًا، ولا يحمّل شيئًا من مكان آخر. وما تبحثون عنه لا يُحفظ ولا يُنقل.",
                "من يكتب إلى فرع يقرر ما يجوز للفرع أن يحتفظ به. وتُتلف الرسائل التي لا تتبعها متابعة بعد ستة أشهر.",
            ),
        ),
    },
    "imprint": {
        "en": ("Imprint", ("Open Hands Federation, an association without profit. The secretariat answers for what stands here; each chapter for its own pages.",)),
        "fr": ("Mentions légales", ("Fédération Mains ouvertes, association sans but lucratif. Le secrétariat répond de ce site, chaque section de ses pages.",)),
        "es": ("Aviso legal", ("Federación Manos Abiertas, asociación sin ánimo de lucro. La secretaría responde de este sitio, y cada sección de sus páginas.",)),
        "ar": ("بيانات الناشر", ("اتحاد الأيادي المفتوحة، جمعية غير ربحية. الأمانة العامة مسؤولة عن هذا الموقع، وكل فرع مسؤول عن صفحاته.",)),
    },
}  # fmt: skip
Questions = list[tuple[str, str, tuple[str, ...]]]
ABOUT: dict[tuple[str, str], Questions] = {
    ("world", "en"): [
        (
            "What does the federation do?",
            "It keeps its chapters in touch, speaks where a single chapter cannot, and pays for what none could pay alone.",
            ("It publishes what chapters have verified.", "It sends observers to hearings.", "It lends lawyers across borders."),
        ),
        ("Who decides?", "The general assembly, in which every chapter has one vote, whatever its size.", ()),
        (
            "How is it paid for?",
            "By the dues of its chapters and by foundations that may not choose the subjects. No government pays for it.",
            ("Dues: a third.", "Foundations: a half.", "Gifts below a thousand francs: the rest."),
        ),
    ],
    ("world", "fr"): [
        (
            "Que fait la fédération ?",
            "Elle relie ses sections, parle là où une section seule ne peut parler, et paie ce qu’aucune ne pourrait payer seule.",
            ("Elle publie ce que les sections ont vérifié.", "Elle envoie des observateurs aux audiences.", "Elle prête des avocats d’un pays à l’autre."),
        ),
        ("Qui décide ?", "L’assemblée générale, où chaque section a une voix, quelle que soit sa taille.", ()),
    ],
    ("world", "es"): [
        (
            "¿Qué hace la federación?",
            "Pone en contacto a sus secciones, habla donde una sola no puede y paga lo que ninguna podría pagar por sí misma.",
            ("Publica lo que las secciones han verificado.", "Envía observadores a las audiencias.", "Presta abogados de un país a otro."),
        ),
        ("¿Quién decide?", "La asamblea general, en la que cada sección tiene un voto, sea cual sea su tamaño.", ()),
    ],
    ("world", "ar"): [
        (
            "ماذا يفعل الاتحاد؟",
            "يصل بين فروعه، ويتكلم حيث لا يستطيع فرع وحده أن يتكلم، ويدفع ما لا يقدر عليه أي منها بمفرده.",
            ("ينشر ما تحققت منه الفروع.", "يوفد مراقبين إلى الجلسات.", "يعير محامين عبر الحدود."),
        ),
        ("من يقرر؟", "الجمعية العامة، ولكل فرع فيها صوت واحد مهما كان حجمه.", ()),
    ],
    ("tn", "fr"): [
        (
            "Que faisons-nous ?",
            "Nous recevons, nous accompagnons, nous publions ce qui a été vérifié deux fois.",
            ("La clinique juridique de Tunis, du lundi au vendredi.", "Celle de Sfax, le samedi.", "L’observation des audiences, dans sept tribunaux."),
        ),
        ("Qui peut venir ?", "Toute personne qui vit en Tunisie, avec ou sans papiers.", ()),
    ],
    ("tn", "ar"): [
        (
            "ماذا نفعل؟",
            "نستقبل ونرافق وننشر ما تحققنا منه مرتين.",
            ("العيادة القانونية في تونس، من الاثنين إلى الجمعة.", "عيادة صفاقس، يوم السبت.", "مراقبة الجلسات في سبع محاكم."),
        ),
        ("من يمكنه أن يأتي؟", "كل من يعيش في تونس، بأوراق أو من دونها.", ()),
    ],
    ("mr", "ar"): [
        (
            "ماذا نفعل؟",
            "نرافق من غادروا العبودية إلى المحكمة وإلى المدرسة وإلى الحالة المدنية.",
            ("مكتب في نواكشوط يفتح كل صباح.", "مراقبون في المحاكم الثلاث الخاصة.", "خط هاتفي بالحسانية والبولارية والسوننكية والولفية."),
        ),
        ("كيف تصلون إلينا؟", "هاتفيًا أو بالحضور إلى المكتب؛ ولا حاجة إلى موعد.", ()),
    ],
    ("mr", "fr"): [
        (
            "Que faisons-nous ?",
            "Nous accompagnons celles et ceux qui ont quitté l’esclavage : au tribunal, à l’école, à l’état civil.",
            ("Un bureau à Nouakchott, ouvert chaque matin.", "Des observateurs aux trois cours spéciales.", "Une ligne en hassanya, pulaar, soninké et wolof."),
        ),
    ],
}  # fmt: skip
_ARTICLE = {
    "number": "Article 4",
    "title": "Membership",
    "text": "<p>Chapters are members, not persons.</p>",
    "clauses": [
        {"number": "4.1", "text": "<p>There is one chapter in a country.</p>"},
        {"number": "4.2", "text": "<p>A chapter that accepts money from its government suspends itself.</p>"},
        {"number": "4.2 bis", "text": "<p>The assembly may lift the suspension by two thirds of the votes.</p>"},
    ],
}
STATUTE: dict[tuple[str, str], dict[str, Any]] = {
    ("world", "en"): {
        "title": "From the statute",
        "version": "in-force",
        "dated": "2019-05",
        "chapters": [
            {
                "number": "Chapter two",
                "title": "Members",
                "text": "",
                "articles": [
                    _ARTICLE,
                    {
                        "number": "Article 7",
                        "title": "Languages",
                        "text": "<p>The federation works in English, French, Spanish and Arabic; no decision is valid in one of them alone.</p>",
                        "clauses": [],
                    },
                ],
            }
        ],
        "anchor": "",
    }
}
# Chapter, language, which of the newest cases of others, and why.
FEATURED = [
    ("maghreb", "fr", 0, "Nos sections suivent cette audience avec celle du pays."),
    ("tn", "fr", 1, "Nos avocates ont prêté leur dossier."),
    ("tn", "ar", 0, "أعارت محامياتنا ملفهن لهذه القضية."),
    ("mena", "en", 0, "The regional office pays for the interpreters."),
    ("fr", "fr", 2, "La section finance le déplacement des observateurs."),
    ("mx", "es", 0, "Nuestra sección envía una observadora a cada audiencia."),
]
