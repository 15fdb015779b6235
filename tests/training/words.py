"""Words of many languages for generated sheets: names of columns, values, titles, notes and totals."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """What sheets of one language are made of; every tuple holds at least a few words."""

    names: tuple[str, ...]
    values: tuple[str, ...]
    titles: tuple[str, ...]
    notes: tuple[str, ...]
    totals: tuple[str, ...]
    months: tuple[str, ...]
    fields: tuple[str, ...]


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|"))


LANGUAGES = {
    "en": Language(
        _split("Name|Town|Region|Amount|Units sold|Date|Category|Status|Quantity|Price|Customer|Order no|Share|Owner"),
        _split("Apple|Brick|Copper pipe|North|South|open|closed|Miller|Green Ltd|pending|blue|Harbour|yes|no|Type A"),
        _split("Deliveries by region|Annual overview 2021|Table 4: Stock at year end|Survey of members, spring"),
        _split("Source: own survey.|Note: figures are provisional.|* Without the islands.|1) Revised since last year"),
        _split("Total|Grand total|Sum"),
        _split("Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"),
        _split("Author|Created on|Department|Telephone|Address|Purpose|Version|Contact"),
    ),
    "de": Language(
        _split("Name|Ort|Land|Betrag|Menge|Datum|Art|Stand|Preis|Kunde|Auftrag Nr.|Anteil|Bemerkung"),
        _split("Apfel|Ziegel|Kupferrohr|Nord|Süd|offen|erledigt|Müller|Grün GmbH|blau|ja|nein|Hafen"),
        _split("Lieferungen nach Ländern|Jahresübersicht 2021|Tabelle 4: Bestand zum Jahresende"),
        _split("Quelle: eigene Erhebung.|Anmerkung: vorläufige Zahlen.|* ohne Inseln|1) berichtigt"),
        _split("Summe|Insgesamt|Gesamt"),
        _split("Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez"),
        _split("Verfasser|Erstellt am|Abteilung|Telefon|Anschrift|Zweck|Fassung"),
    ),
    "it": Language(
        _split("Nome|Comune|Regione|Importo|Quantità|Data|Categoria|Stato|Prezzo|Cliente|Ordine|Quota"),
        _split("Mela|Mattone|Tubo di rame|Nord|Sud|aperto|chiuso|Rossi|Verdi S.p.A.|sì|no|blu"),
        _split("Consegne per regione|Quadro annuale 2021|Tavola 4: Giacenze a fine anno"),
        _split("Fonte: indagine propria.|Nota: dati provvisori.|* Isole escluse."),
        _split("Totale|Totale generale|Somma"),
        _split("gen|feb|mar|apr|mag|giu|lug|ago|set|ott|nov|dic"),
        _split("Autore|Creato il|Ufficio|Telefono|Indirizzo|Scopo"),
    ),
    "pl": Language(
        _split("Nazwa|Gmina|Województwo|Kwota|Liczba|Data|Rodzaj|Stan|Cena|Klient|Numer|Udział"),
        _split("Jabłko|Cegła|Rura|Północ|Południe|otwarte|zamknięte|Kowalski|Zielony sp. z o.o.|tak|nie"),
        _split("Dostawy według województw|Przegląd roczny 2021|Tablica 4. Zapasy na koniec roku"),
        _split("Źródło: badanie własne.|Uwaga: dane wstępne.|* bez wysp"),
        _split("Razem|Ogółem|Suma"),
        _split("sty|lut|mar|kwi|maj|cze|lip|sie|wrz|paź|lis|gru"),
        _split("Autor|Utworzono|Dział|Telefon|Adres|Cel"),
    ),
    "tr": Language(
        _split("Ad|İlçe|Bölge|Tutar|Adet|Tarih|Tür|Durum|Fiyat|Müşteri|Sipariş No|Pay"),
        _split("Elma|Tuğla|Bakır boru|Kuzey|Güney|açık|kapalı|Yılmaz|Yeşil A.Ş.|evet|hayır"),
        _split("Bölgelere göre teslimatlar|Yıllık görünüm 2021|Tablo 4: Yıl sonu stokları"),
        _split("Kaynak: kendi araştırmamız.|Not: geçici veriler.|* Adalar hariç."),
        _split("Toplam|Genel toplam"),
        _split("Oca|Şub|Mar|Nis|May|Haz|Tem|Ağu|Eyl|Eki|Kas|Ara"),
        _split("Hazırlayan|Tarih|Birim|Telefon|Adres|Amaç"),
    ),
    "ar": Language(
        _split("الاسم|المدينة|المنطقة|المبلغ|العدد|التاريخ|النوع|الحالة|السعر|العميل|رقم الطلب"),
        _split("تفاح|طوب|أنابيب نحاس|شمال|جنوب|مفتوح|مغلق|أحمد|شركة الخضراء|نعم|لا"),
        _split("التسليمات حسب المنطقة|نظرة سنوية 2021|جدول 4: المخزون نهاية العام"),
        _split("المصدر: مسح خاص.|ملاحظة: بيانات أولية.|* بدون الجزر"),
        _split("المجموع|الإجمالي"),
        _split("يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"),
        _split("المؤلف|تاريخ الإنشاء|القسم|الهاتف|العنوان|الغرض"),
    ),
    "he": Language(
        _split("שם|עיר|מחוז|סכום|כמות|תאריך|סוג|מצב|מחיר|לקוח|מספר הזמנה"),
        _split("תפוח|לבנה|צינור|צפון|דרום|פתוח|סגור|כהן|ירוק בע״מ|כן|לא"),
        _split("משלוחים לפי מחוז|סקירה שנתית 2021|לוח 4: מלאי בסוף השנה"),
        _split("מקור: סקר עצמי.|הערה: נתונים ארעיים.|* ללא האיים"),
        _split("סך הכל|סה״כ"),
        _split("ינואר|פברואר|מרץ|אפריל|מאי|יוני|יולי|אוגוסט|ספטמבר|אוקטובר|נובמבר|דצמבר"),
        _split("מחבר|נוצר בתאריך|מחלקה|טלפון|כתובת|מטרה"),
    ),
    "zh": Language(
        _split("名称|城市|地区|金额|数量|日期|类别|状态|单价|客户|订单号|占比"),
        _split("苹果|砖|铜管|北方|南方|未完成|已完成|王明|绿色公司|是|否|蓝色"),
        _split("各地区交货情况|2021年年度概览|表4 年末库存"),
        _split("资料来源：自行调查|注：数据为初步数|* 不含岛屿"),
        _split("合计|总计"),
        _split("1月|2月|3月|4月|5月|6月|7月|8月|9月|10月|11月|12月"),
        _split("编制人|创建日期|部门|电话|地址|用途"),
    ),
    "fr": Language(
        _split("Nom|Commune|Région|Montant|Quantité|Date|Catégorie|État|Prix|Client|Commande|Part"),
        _split("Pomme|Brique|Tuyau|Nord|Sud|ouvert|fermé|Dupont|Vert SARL|oui|non|bleu"),
        _split("Livraisons par région|Vue annuelle 2021|Tableau 4 : stocks en fin d'année"),
        _split("Source : enquête propre.|Note : chiffres provisoires.|* hors îles"),
        _split("Total|Total général|Somme"),
        _split("janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc"),
        _split("Auteur|Créé le|Service|Téléphone|Adresse|Objet"),
    ),
    "ru": Language(
        _split("Название|Город|Область|Сумма|Количество|Дата|Вид|Состояние|Цена|Клиент|Номер заказа|Доля"),
        _split("Яблоко|Кирпич|Труба|Север|Юг|открыт|закрыт|Иванов|ООО Зелень|да|нет"),
        _split("Поставки по областям|Годовой обзор 2021|Таблица 4. Запасы на конец года"),
        _split("Источник: собственное обследование.|Примечание: данные предварительные.|* без островов"),
        _split("Итого|Всего"),
        _split("янв|фев|мар|апр|май|июн|июл|авг|сен|окт|ноя|дек"),
        _split("Автор|Создано|Отдел|Телефон|Адрес|Назначение"),
    ),
}
SENTENCES = _split(
    "Please read these remarks before you use the figures.|The data were collected in spring and checked by hand.|"
    "Figures may not add up because of rounding.|Send questions to the office named on the first page.|"
    "Vor Gebrauch bitte die Hinweise lesen.|Wszystkie dane mają charakter wstępny i mogą ulec zmianie.|"
    "Le présent classeur contient les résultats de l'enquête.|I dati sono soggetti a revisione nei prossimi mesi.|"
    "هذه البيانات أولية وقد تتغير لاحقا|本工作簿包含调查的主要结果，仅供参考。|Veriler geçicidir ve değişebilir."
)
