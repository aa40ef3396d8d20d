"""The six chart forms of the gallery, drawn from invented figures."""

from django.utils.translation import gettext as _

from luwes.core import charts


def bars_with_target() -> tuple[str, str]:
    """Give the bars with targets."""
    tones = charts.Tone
    figures = (
        (_("Dinas Contoh Pendidikan"), 71.2, _("71,2 %"), tones.BAD),
        (_("Dinas Contoh Pekerjaan Umum"), 82.5, _("82,5 %"), tones.NEAR),
        (_("Dinas Contoh Kesehatan"), 86.1, _("86,1 %"), tones.GOOD),
        (_("Badan Contoh Kepegawaian"), 91.0, _("91,0 %"), tones.GOOD),
    )
    title = _("Realisasi anggaran menurut perangkat daerah")
    return title, charts.bar_chart(
        [charts.Bar(label=n, value=v, value_text=text, target=85, tone=tone) for n, v, text, tone in figures],
        title=title,
        description=_("Batang: realisasi. Garis tegak: target."),
        palette=charts.LIGHT,
        maximum=100,
        target_label=_("target 85 %"),
    )


def line_of_the_year() -> tuple[str, str]:
    """Give a line with its interval."""
    realised = (2.1, 5.8, 11.4, 17.0, 24.9, 33.5, 41.2, 49.0, 55.7, 61.3)
    months = tuple(_("Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt").split())
    title = _("Realisasi anggaran sepanjang tahun")
    return title, charts.line_chart(
        [
            charts.LinePoint(
                at=at,
                label=month,
                value=value,
                value_text=_("61,3 %") if value == realised[-1] else "",
                low=value - 1.5,
                high=value + 1.5,
            )
            for at, (month, value) in enumerate(zip(months, realised, strict=True))
        ],
        title=title,
        description=_("Dari Januari sampai Oktober, dengan rentang."),
        palette=charts.LIGHT,
        ticks=[charts.Tick(value, f"{value} %") for value in (0, 25, 50, 75)],
    )


def charts_of_effects() -> list[tuple[str, str]]:
    """Give the event study and the interval plot."""
    estimates = (0.2, -0.3, 0.1, 0.0, -0.4, -0.7, -0.5, -0.9)
    periods = [
        charts.EventPoint(
            period=period,
            label=f"{period:+d}".replace("-", "−") if period else "0",
            value=value,
            low=value - 0.8,
            high=value + 0.8,
            reference=period == -1,
        )
        for period, value in zip(range(-4, 4), estimates, strict=True)
    ]
    event = _("Waktu tunggu sebelum dan sesudah kerja fleksibel")
    rows = [
        charts.IntervalRow(label=_("Loket Pendaftaran"), value=-0.4, value_text=_("−0,4 menit"), low=-1.6, high=0.8),
        charts.IntervalRow(
            label=_("Loket Perizinan"), value=0.9, value_text=_("0,9 menit"), low=-0.3, high=2.1, tone=charts.Tone.NEAR
        ),
        charts.IntervalRow(
            label=_("Semua loket"), value=0.1, value_text=_("0,1 menit"), low=-0.6, high=0.8, pooled=True
        ),
    ]
    interval = _("Perubahan waktu tunggu per loket")
    margin = charts.Guide(2, _("batas 2 menit"))
    return [
        (
            event,
            charts.event_study(
                periods,
                title=event,
                description=_("Titik dan rentang per bulan."),
                palette=charts.LIGHT,
                margins=[margin],
                event_text=_("mulai"),
            ),
        ),
        (
            interval,
            charts.interval_plot(
                rows,
                title=interval,
                description=_("Titik dan rentang per loket."),
                palette=charts.LIGHT,
                guides=[margin],
            ),
        ),
    ]


def charts_of_coverage() -> list[tuple[str, str]]:
    """Give the strip of days and the small line."""
    shares = [1.0, 1.0, 0.9, 1.0, 0.6, None, None] * 4
    cells = [
        charts.CoverageCell(
            label=str(day),
            share=share,
            text=str(day),
            tone=charts.Tone.BAD if share is not None and share < 0.8 else charts.Tone.GOOD,
        )
        for day, share in enumerate(shares, start=1)
    ]
    strip = _("Loket terisi dibanding lantai layanan")
    spark = _("Realisasi enam bulan terakhir")
    return [
        (
            strip,
            charts.coverage_strip(cells, title=strip, description=_("Satu kotak satu hari."), palette=charts.LIGHT),
        ),
        (
            spark,
            charts.sparkline(
                [24.9, 33.5, 41.2, 49.0, 55.7, 61.3],
                title=spark,
                description=_("Naik setiap bulan."),
                palette=charts.LIGHT,
            ),
        ),
    ]


def all_charts() -> list[tuple[str, str]]:
    """Give all six forms, each with its title."""
    return [bars_with_target(), line_of_the_year(), *charts_of_effects(), *charts_of_coverage()]
