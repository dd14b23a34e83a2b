"""The owner's table of address ranges: what it says of each address of a run."""

from .envelopes import ip_key

# Names by which the columns are known; `network` (CIDR) stands for both ends. The same list stands in refresh-geo.ts.
NAMES = {
    "start": ["start", "start_ip", "ip_start", "range_start", "ip_range_start", "from", "ip_from"],
    "end": ["end", "end_ip", "ip_end", "range_end", "ip_range_end", "to", "ip_to"],
    "network": ["network", "cidr"],
    "country": ["country_code", "country", "country_iso_code", "iso_code"],
    "region": ["region", "region_name", "state", "state1", "subdivision", "subdivision_1_name"],
    "city": ["city", "city_name"],
    "latitude": ["latitude", "lat"],
    "longitude": ["longitude", "lon", "lng"],
}
COLUMNS = "range_key STRING, range_country STRING, range_region STRING, range_city STRING, range_latitude DOUBLE, range_longitude DOUBLE"


class BadRanges(Exception):
    """The table of ranges cannot be used; its text is for the owner."""


def make_places(spark, path):
    """Makes `places` out of raw_records and a table of ranges (CSV with a header, or Parquet); empty without one."""
    if not path:
        spark.createDataFrame([], COLUMNS).createOrReplaceTempView("places")
        return
    ranges_of(spark, path).createOrReplaceTempView("geo_ranges")
    spark.sql(
        "SELECT DISTINCT ip_key AS k, 1 AS asks, NULL AS r FROM raw_records WHERE ip_key IS NOT NULL "
        "UNION ALL SELECT range_start, 0, struct(range_end, range_country, range_region, range_city, range_latitude, range_longitude) FROM geo_ranges"
    ).createOrReplaceTempView("range_line")
    spark.sql(
        "SELECT k AS range_key, r.range_country, r.range_region, r.range_city, r.range_latitude, r.range_longitude FROM ("
        "SELECT k, asks, last_value(r, true) OVER (ORDER BY k, asks ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS r FROM range_line"
        ") found WHERE asks = 1 AND k <= r.range_end"
    ).createOrReplaceTempView("places")


def ranges_of(spark, path):
    try:
        table = spark.read.parquet(path) if path.lower().endswith(".parquet") else spark.read.option("header", True).csv(path)
    except Exception as fault:
        words = "The table of address ranges (GEO_RANGES) cannot be read; it must be a CSV file with a header, or Parquet."
        raise BadRanges(words) from fault
    has = {name.lower(): name for name in table.columns}
    at = {what: next((has[name] for name in names if name in has), None) for what, names in NAMES.items()}
    if at["country"] is None or (at["network"] is None and (at["start"] is None or at["end"] is None)):
        raise BadRanges("The table of address ranges (GEO_RANGES) needs the columns start, end (or network) and country_code.")
    cells = [f"CAST({f'`{at[what]}`' if at[what] else 'NULL'} AS STRING) AS {what}" for what in NAMES]
    wanted = table.selectExpr(*cells)
    schema = "range_start STRING, range_end STRING, range_country STRING, range_region STRING, range_city STRING, range_latitude STRING, range_longitude STRING"
    rows = wanted.rdd.map(range_of).filter(lambda row: row[0] and row[1]).toDF(schema)
    return rows.dropDuplicates(["range_start"]).selectExpr(
        "range_start", "range_end", "upper(range_country) AS range_country", "range_region", "range_city",
        "TRY_CAST(range_latitude AS DOUBLE) AS range_latitude", "TRY_CAST(range_longitude AS DOUBLE) AS range_longitude",
    )


def range_of(row):
    ends = network_ends(row["network"]) if row["network"] is not None else (address_key(row["start"]), address_key(row["end"]))
    return (*ends, *(row[name] or None for name in ("country", "region", "city", "latitude", "longitude")))


# Some lists write IPv4 as a whole number.
def address_key(text):
    clean = (text or "").strip()
    return f"4{int(clean):08x}" if clean.isascii() and clean.isdigit() and len(clean) <= 10 else ip_key(clean)


def network_ends(network):
    address, _, bits = network.strip().partition("/")
    key = ip_key(address)
    if key == "":
        return "", ""
    width = (len(key) - 1) * 4
    free = width - min(int(bits) if bits.isdigit() else width, width)
    start = int(key[1:], 16) >> free << free
    return f"{key[0]}{start:0{len(key) - 1}x}", f"{key[0]}{start + (1 << free) - 1:0{len(key) - 1}x}"
