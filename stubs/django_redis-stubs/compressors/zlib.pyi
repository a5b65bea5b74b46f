from django_redis.compressors.base import BaseCompressor

class ZlibCompressor(BaseCompressor):
    # Shorter values stay as they are.
    min_length: int
    preset: int
