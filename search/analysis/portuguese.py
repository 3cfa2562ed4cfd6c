"""Portuguese: one spelling before and after the reform; plurals that Snowball misses; endings that stay on."""

from .snowball import Careful

_APART = {
    "casa": "casa casas",
    "porta": "porta portas",
    "conta": "conta contas",
    "praca": "praca pracas",
    "direita": "direita direitas",
    "partido": "partido partidos",
    "partida": "partida partidas",
    "soldado": "soldado soldados",
    "mae": "mae maes",
    "mao": "mao maos",
    "pais": "pais paises",
    "depois": "depois",
    "juiz": "juiz juizes",
    "niger": "niger",
    "camara": "camara camaras camera cameras",
    "ferias": "ferias",
    "genero": "genero generos",
    "gravida": "gravida gravidas",
    "habitacao": "habitacao habitacoes",
    "lei": "lei leis",
    "rei": "rei reis",
    "livre": "livre livres livremente",
    "medida": "medida medidas",
    "medo": "medo medos",
    "nove": "nove",
    "opera": "opera operas",
    "publicacao": "publicacao publicacoes",
    "sabado": "sabado sabados",
    "serie": "serie series",
    "pacto": "pacto pactos",
    "pato": "pato patos",
    "impacto": "impacto impactos",
}

stem = Careful(
    "portuguese",
    apart=_APART,
    spelt=(
        # direcção, acto, adoptar: letters that are no longer written
        ("(?<=[aeio])c(?=[ct])", ""),
        ("(?<=[eo])p(?=[ct])", ""),
    ),
    kept=(
        ("(?<=..)idades?", "idade"),
        ("(?<=..)ismos?", "ismo"),
        ("(?<=..)istas?", "ista"),
        ("(?<=...)(ant|(?<!m)ent)[ea]s?", r"\1"),
        ("(?<=..)(anca|ancia|encia)s?", r"\1"),
        ("(?<=..)([dts])or(?:a|es|as)?", r"\1or"),
        ("(?<=..)(iv|os|ic|ari)[oa]s?", r"\1"),
        ("(?<=..)(iv|os|ic|ari)amente", r"\1"),
        ("(?<=..)ais", "al"),
        ("(?<=..)al", "al"),
        ("(?<=..)ois", "ol"),
        # papel, papéis; difícil, difíceis; civil, civis
        ("(?<=..)(?:[ei]l|eis|(?<=[^aeou])is)", "el"),
        # prisão, prisões; cidadão, cidadãos; capitão, capitães. Nouns of verbs (-ação) go to Snowball.
        ("(?<=..)(?<!ac)(?:aos?|[oa]es)", "ao"),
        ("^ac(?:ao|oes)", "acao"),
    ),
    mended=(
        ("(?<=...)mente$", ""),
        ("acao$", "ação"),
        ("acoes$", "ação"),
        ("(?<=.)([aeiou])ns$", r"\1m"),
        ("(?<=..)([aeo])([rz])es$", r"\1\2"),
    ),
)
