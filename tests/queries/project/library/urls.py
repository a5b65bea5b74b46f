"""Each view at its name: ``/Books/``, a viewset's list at ``/BookViewSet/``, a single row at ``/Detail/1/``."""

from __future__ import annotations

import inspect

from django.urls import path
from rest_framework import generics, mixins, viewsets

from library import views

urlpatterns = [
    path("by-name/<str:name>/", views.Detail.as_view(), name="by-name"),
    path("by-key/<int:pk>/", views.Detail.as_view(), name="by-key"),
]
for name, view in vars(views).items():
    if inspect.isclass(view) and issubclass(view, generics.GenericAPIView) and view.__module__ == views.__name__:
        routes = {"list": f"{name}/"} if issubclass(view, mixins.ListModelMixin) else {}
        if issubclass(view, mixins.RetrieveModelMixin) or not routes:
            routes["retrieve"] = f"{name}/<int:pk>/"
        for action, route in routes.items():
            handlers = {"actions": {"get": action}} if issubclass(view, viewsets.ViewSetMixin) else {}
            urlpatterns.append(path(route, view.as_view(**handlers)))
