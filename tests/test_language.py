"""Whether a text is English."""

import pytest

from starlight.text import is_english

OTHERS = {
    "German": "Ein wunderschöner Animationsfilm, aber die Geschichte ist leider sehr vorhersehbar.",
    "French": "Un film magnifique, visuellement superbe, mais l'histoire est un peu trop prévisible.",
    "Spanish": "Una película preciosa, con una animación espectacular, aunque el guion es previsible.",
    "Italian": "Un film bellissimo, con un'animazione splendida, ma la storia è troppo prevedibile.",
    "Portuguese": "Um filme lindo, com uma animação espetacular, mas a história é previsível demais.",
    "Dutch": "Een prachtige animatiefilm, maar het verhaal is helaas voorspelbaar en vlak.",
    "Swedish": "En vacker animerad film, men handlingen är förutsägbar och karaktärerna är platta.",
    "Polish": "Piękny film animowany, ale historia jest niestety przewidywalna.",
    "Turkish": "Güzel bir animasyon filmi ama hikaye ne yazık ki tahmin edilebilir.",
    "Indonesian": "Film animasi yang indah, tetapi ceritanya sayangnya mudah ditebak.",
    "Vietnamese": "Một bộ phim hoạt hình đẹp, nhưng câu chuyện dễ đoán.",
    "Russian": "Красивый мультфильм, но история предсказуема.",
    "Korean": "아름다운 애니메이션이지만 이야기는 뻔하다.",
    "Japanese": "美しいアニメ映画だが、物語は予想通り。",
    "Chinese": "一部美丽的动画电影，但故事可以预测。",
    "Arabic": "فيلم رسوم متحركة جميل لكن القصة متوقعة.",
}


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_told_apart(language):
    """A sentence of another language is not English, in Latin letters or others."""
    assert not is_english(OTHERS[language])


def test_the_five_are_english(reviews):
    """Each of the five reviews is English, Korean names and all."""
    assert reviews["text"].map(is_english).all()


@pytest.mark.parametrize("text", ["A masterpiece.", "Nan-young and Jay are charming.", "", "★★★½", "7/10", "…"])
def test_short_texts_are_taken_for_english(text):
    """A short English text is English, and so is one without any word."""
    assert is_english(text)


def test_only_the_beginning_counts():
    """A review of any length is told by its beginning, so that ten megabytes take no longer."""
    assert is_english("It is good. " * 500 + OTHERS["German"] * 5000)
