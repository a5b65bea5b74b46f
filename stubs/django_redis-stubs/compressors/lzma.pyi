from django_redis.compressors.base import BaseCompressor

class LzmaCompressor(BaseCompressor):
    # Shorter values stay as they are.
    min_length: int
    preset: int
