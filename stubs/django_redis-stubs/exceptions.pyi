from redis import Redis

class ConnectionInterrupted(Exception):
    connection: Redis | None
    def __init__(self, connection: Redis | None) -> None: ...

class CompressorError(Exception): ...
