"""Folds messages for the patterns: lower case, without accents, vowel marks and invisible characters.

Each character of a folded message has its position in the message as written, so that evidence can be shown
as written. Misspellings on purpose ("k1ll") are undone in ``mending``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\ufe0f\u0640")
_LETTERS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ة": "ه",
        "ؤ": "و",
        "ئ": "ي",
        "ё": "е",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "“": '"',
        "”": '"',
        "«": '"',
        "»": '"',
        "殺": "杀",
        "國": "国",
        "賣": "卖",
        "們": "们",
        "這": "这",
        "個": "个",
        "賊": "贼",
        "漢": "汉",
        "爛": "烂",
        "腦": "脑",
        "滾": "滚",
        "說": "说",
        "話": "话",
        "該": "该",
        "會": "会",
        "讓": "让",
        "媽": "妈",
        "兒": "儿",
        "裏": "里",
        "裡": "里",
        "電": "电",
        "號": "号",
        "舉": "举",
        "報": "报",
        "帳": "账",
        "騙": "骗",
        "間": "间",
        "諜": "谍",
        "勢": "势",
        "錢": "钱",
        "體": "体",
        "斷": "断",
        "頭": "头",
    }
)
_TRADITIONAL = str.maketrans(
    "爾妳親軍槍彈燒殺斬劍刀讎報復聽監視蹤黨產獨異議維權師記眾開關門車牌碼網絡線過鄉鎮區東長馬鳥魚龍學習寫讀"
    "語誰請謝錯難雞飛風順須領顏題類饒驚鬥鬧鬼點齊壞壓壽聲處備復夢獎婦媽嫁嬰孫寶實審導將專對層島歲帶幫庫廢廣"
    "廠彎後從惡愛憂憑懷戰戲戶擊擔據擠擋擇擺樓樂樣機權歡歸殘毀沒淚淨湯溝滅準燈爐牆獄獸環現畫當療癡發盜盡眾"
    "睜礙禍禮種穩窮窩競筆節籠終給絕統經網緊總織繩繼續罰羅聖聯職肅脫腳臉興舊艙葉蓋藝藥號蟲術衛補製複見規覺"
    "觸計訂訊訓託許訴診詐詞詛試詩誠認誤談調論諷謀謊謠證識譴譯護譽變貓貝負財貧貨販貪貫責貴買貸費賀賄資賤賬賭"
    "賴質購贏趕軌軟載輩輪輸轉辦辭農運還進遠違選遺鄰醜醫釋針鈔鉤銀鋪鋼鎖鏡鐵閉閃閱陣陰陳陸險隊階隨隱雖雙離",
    "尔你亲军枪弹烧杀斩剑刀雠报复听监视踪党产独异议维权师记众开关门车牌码网络线过乡镇区东长马鸟鱼龙学习写读"
    "语谁请谢错难鸡飞风顺须领颜题类饶惊斗闹鬼点齐坏压寿声处备复梦奖妇妈嫁婴孙宝实审导将专对层岛岁带帮库废广"
    "厂弯后从恶爱忧凭怀战戏户击担据挤挡择摆楼乐样机权欢归残毁没泪净汤沟灭准灯炉墙狱兽环现画当疗痴发盗尽众"
    "睁碍祸礼种稳穷窝竞笔节笼终给绝统经网紧总织绳继续罚罗圣联职肃脱脚脸兴旧舱叶盖艺药号虫术卫补制复见规觉"
    "触计订讯训托许诉诊诈词诅试诗诚认误谈调论讽谋谎谣证识谴译护誉变猫贝负财贫货贩贪贯责贵买贷费贺贿资贱账赌"
    "赖质购赢赶轨软载辈轮输转办辞农运还进远违选遗邻丑医释针钞钩银铺钢锁镜铁闭闪阅阵阴陈陆险队阶随隐虽双离",
)


@dataclass(frozen=True)
class Folded:
    """A folded message; ``positions[i]`` is the place of its character i in the message as written."""

    text: str
    positions: Sequence[int]

    def as_written(self, start: int, end: int) -> tuple[int, int]:
        """Return start and end in the message as written, of a place in the folded text."""
        return self.positions[start], self.positions[max(start, end - 1)] + 1


class _CharacterTable(dict[int, str]):
    """Folded form of every character, computed when it first occurs."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        if len(folded) != 1:
            _uneven.add(chr(code))
        return folded


_uneven: set[str] = set()  # characters whose folded form is no single character
_table = _CharacterTable()


def fold_message(text: str) -> Folded:
    """Fold a message, and keep the position of each character in the message as written.

    >>> fold_message("Tu es un TRAÎTRE").text
    'tu es un traitre'
    """
    if text.isascii():
        return Folded(text.lower(), range(len(text)))
    folded = text.translate(_table)
    if len(folded) == len(text) and _uneven.isdisjoint(text):
        return Folded(folded, range(len(text)))
    places: list[int] = []
    for place, character in enumerate(text):
        places += [place] * len(_table[ord(character)])
    return Folded(folded, tuple(places))


def folded_text(text: str) -> str:
    """Return a text folded as by ``fold_message``, without positions: for words of the vocabulary."""
    return text.translate(_table)


def _fold_character(character: str) -> str:
    if character in _INVISIBLE:
        return ""
    if character in "йЙ":
        return "й"
    parts = unicodedata.normalize("NFKD", character.translate(_LETTERS))
    kept = "".join(p for p in parts if not unicodedata.combining(p)).lower()
    return "".join(
        c for c in kept.translate(_LETTERS).translate(_TRADITIONAL) if c not in _INVISIBLE
    )
