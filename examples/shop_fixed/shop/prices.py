import requests


def latest_prices(url: str) -> dict[str, str]:
    response = requests.get(url, timeout=30)
    response.raise_for_status()
    prices: dict[str, str] = response.json()
    return prices
