"""Arabic: what is written together with a word (conjunction, preposition, article, pronoun) and how a word ends.

A light stemmer, no search for roots: Snowball 3.1 takes the first letter off names ("فلسطين") and ministries ("وزارة").
It works on folded words: teh marbuta is heh, alef maqsura is yeh, alefs bear no hamza.
"""

import re

# The article with what may stand before it; "للمحامي" has lost the alef.
_ARTICLE = re.compile("[وف]?(?:[بك]?ال|لل)(?=...)")
_OLD_ARTICLE = re.compile("ال(?=...)")
# Father, mother, parents; grown-up: the first letters belong to the word.
_NO_ARTICLE = re.compile("والد(?:ي|ه|ين|ان|ته|تها|تهم|تنا|ها|هم|نا|يه|يها|يهم)?|بالغ(?:ين|ون|ه|ات|ا)?")
_CLITIC = re.compile("و(?=...)|[فبكل](?=....)")

_PRONOUN = re.compile("(?<=...)ها$|(?<=....)(?:هم|هن|نا|هما|كما)$")
_HERS_WAS_TEH = re.compile("(?<=...)ت$")
_ENDINGS = tuple(
    re.compile(f"(?:{ending})$")
    for ending in (
        "(?<=..ي)ته|(?<=....)ته",
        "(?<=...)ات|(?<=....)(?:ون|ين|ان|وا)",
        "(?<=...)ه",
        "(?<=...)ي",
        "(?<=....)ا",
        "(?<=...[^ا])ت",
    )
)

# Singular and plural where the plural bends the word from inside: those that this federation writes about.
_BROKEN_PLURALS = """
اجنبي اجانب
اسبوع اسابيع
اسره اسر
اسم اسماء
اسير اسري
برنامج برامج
بلد بلدان
بيت بيوت
تاجر تجار
تقرير تقارير
تهمه تهم
جريمه جراءم
جزيره جزر
جندي جنود
جامعه جامعات
حمله حملات
عمله عملات
مكتبه مكتبات
حارس حراس
حاكم حكام
حد حدود
حدث احداث
حرب حروب
حزب احزاب
حق حقوق
حكم احكام
خبر اخبار
خبير خبراء
دليل ادله
دوله دول
راي اراء
رجل رجال
رءيس رءساء
رساله رساءل
زعيم زعماء
ساحل سواحل
سبب اسباب
سجن سجون
سجين سجناء
سد سدود
سفير سفراء
سلاح اسلحه
شاهد شهود
شخص اشخاص
شرط شروط
شعب شعوب
شهر شهور اشهر
شهيد شهداء
صحيفه صحف
ضابط ضباط
ضحيه ضحايا
طالب طلاب طلبه
طبيب اطباء
طفل اطفال
ظرف ظروف
عامل عمال
عضو اعضاء
عمل اعمال
فرد افراد
فرع فروع
قارب قوارب
قاضي قضاه
قانون قوانين
قريه قري
قسم اقسام
قضيه قضايا
قيد قيود
كتاب كتب
لجنه لجان
ماده مواد
مبدا مبادء
محكمه محاكم
مدرسه مدارس
مدينه مدن
مركز مراكز
مشروع مشاريع
مكتب مكاتب
منجم مناجم
منزل منازل
موقع مواقع
ميثاق مواثيق
ميناء موانء
ناءب نواب
ناشط نشطاء
نص نصوص
نظام انظمه
نهر انهار
وثيقه وثاءق
وزير وزراء
يوم ايام
"""
_SINGULAR = {
    plural: singular for singular, *plurals in map(str.split, _BROKEN_PLURALS.split("\n")[1:-1]) for plural in plurals
}

# Stems whose first letter looks like a conjunction or a preposition, and would leave another word behind.
_WHOLE = frozenset(
    (
        *("واجب", "واحد", "واسع", "واضح", "واقع", "والد", "واءل", "وثاءق", "وثيق", "وجود", "وجه", "وجدي", "وحد"),
        *("وحيد", "وداد", "وراث", "ورد", "ورش", "ورق", "وزار", "وزير", "وساءل", "وسيط", "وسيل", "وسيم", "وصاي", "وصف"),
        *("وضع", "وطن", "وظيف", "وعد", "وعي", "وفا", "وفاء", "وفاق", "وفد", "وقت", "وقف", "وقاءع", "وكال", "وكيل"),
        *("ولاي", "ولاد", "ولد", "وليد", "وهب", "وهيب", "بحري", "بضاءع", "بداي", "كامل", "كرام", "كريم", "كوارث"),
        *("لاءح", "لبنان", "ليبي", "فاضل", "فرنس", "فساد", "فضاءي", "فواءد"),
    )
)

# Where the last letter makes another word: association (and Friday), minority (and fewer), person and personality;
# police (and condition), school (and teacher), university (and mosque), library (and office), campaign, currency.
_KEPT = frozenset(
    (
        *("جمعي", "اقلي", "مثلي", "ولاي", "شخصي", "جنسي", "عملي", "محلي", "مدني", "سوري"),
        *("شرطه", "مدرسه", "جامعه", "مكتبه", "حمله", "عمله", "شهره"),
    )
)


def stem(written: str, exact: str) -> tuple[str, ...]:
    """The stem of an Arabic word; where its first letter may be a word of its own, also the stem of the rest."""
    bare = _without_article(exact)
    if bare != exact:
        return (_without_endings(bare),)
    stems = [_without_endings(exact)]
    rest = exact
    while stems[-1] not in _WHOLE and (clitic := _CLITIC.match(rest)):
        rest = rest[clitic.end() :]
        stems.append(_without_endings(rest))
    return tuple(dict.fromkeys(found for found in stems if len(found) > 2 or found == stems[0]))


def is_arabic(exact: str) -> bool:
    """Whether a word is written in the Arabic script."""
    return "\u0600" <= exact[:1] <= "\u06ff"


def beginnings(exact: str) -> tuple[str, ...]:
    """What a word may begin with whose beginning is typed: the same after the article, and what is before that."""
    return (exact, *(before + exact for before in ("ال", "وال", "بال", "لل"))) if exact[:2] != "ال" else (exact,)


def _without_article(word: str) -> str:
    if _NO_ARTICLE.fullmatch(word):
        return word
    bare = _ARTICLE.sub("", word, count=1) if _ARTICLE.match(word) else word
    # A word that itself begins like the article ("التزام") has lost that where it stands without one.
    return bare[2:] if bare != word and _OLD_ARTICLE.match(bare) else bare


def _without_endings(word: str) -> str:
    if word in _SINGULAR:
        return _without_endings(_SINGULAR[word])
    owned = _PRONOUN.sub("", word)
    if owned != word:
        return _without_endings(_SINGULAR[owned]) if owned in _SINGULAR else _bare(_HERS_WAS_TEH.sub("", owned))
    return _bare(word)


def _bare(word: str) -> str:
    before = ""
    while before != word:
        before = word
        for ending in _ENDINGS:
            if word in _KEPT:
                return word
            word = ending.sub("", word)
    return word
