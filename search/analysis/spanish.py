"""Spanish: endings that make new words stay on; nouns that differ by -o and -a alone."""

from .snowball import Careful

_APART = {
    "casa": "casa casas",
    "puerta": "puerta puertas",
    "derecha": "derecha derechas",
    "cuenta": "cuenta cuentas",
    "plaza": "plaza plazas",
    "moda": "moda modas",
    "libra": "libra libras",
    "banca": "banca bancas",
    "punta": "punta puntas",
    "partido": "partido partidos",
    "partida": "partida partidas",
    "pena": "pena penas",
    "soldado": "soldado soldados",
    "publicacion": "publicacion publicaciones",
    "niger": "niger",
    "camara": "camara camaras",
    "como": "como",
    "complice": "complice complices",
    "comunicacion": "comunicacion comunicaciones",
    "decada": "decada decadas",
    "genero": "genero generos",
    "habitacion": "habitacion habitaciones",
    "heroe": "heroe heroes",
    "libre": "libre libres libremente",
    "minimo": "minimo minimos minima minimas",
    "nueve": "nueve",
    "opera": "opera operas",
    "sabado": "sabado sabados",
    "serie": "serie series",
}

stem = Careful(
    "spanish",
    apart=_APART,
    kept=(
        ("(?<=..)idad(?:es)?", "idad"),
        ("(?<=..)ism(?:os?)", "ismo"),
        ("(?<=..)istas?", "ista"),
        ("(?<=...)(ant|(?<!m)ent)[ea]s?", r"\1"),
        ("(?<=..)(anza|ancia|encia)s?", r"\1"),
        ("(?<=..)([dts])or(?:a|es|as)?", r"\1or"),
        ("(?<=..)(iv|os|ic|ari)[oa]s?", r"\1"),
        ("(?<=..)(iv|os|ic|ari)amente", r"\1"),
        ("(?<=..)([ai])bles?", r"\1ble"),
    ),
    mended=(
        ("(?<=...)mente$", ""),
        ("(?<=..)ces$", "z"),
        ("(?<=..)([aeo])res$", r"\1r"),
        ("(?<=.)([cs])ion$", r"\1ión"),
    ),
)
