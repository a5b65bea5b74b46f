from django.contrib import admin
from django.urls import include, path
from rest_framework.routers import DefaultRouter

from shop.views import AuthorViewSet, OrderViewSet, stock

router = DefaultRouter()
router.register("authors", AuthorViewSet)
router.register("orders", OrderViewSet)

urlpatterns = [
    path("admin/", admin.site.urls),
    path("stock/", stock),
    path("", include(router.urls)),
]
