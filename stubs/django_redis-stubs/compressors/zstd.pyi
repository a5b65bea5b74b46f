from django_redis.compressors.base import BaseCompressor

class ZStdCompressor(BaseCompressor):
    # Shorter values stay as they are.
    min_length: int
