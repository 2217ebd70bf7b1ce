"""Lists kept under a name."""

from fastapi import APIRouter
from starlette.responses import Response

from domain.errors import UsageError
from domain.states import Role
from plan.views import KEPT, forget_view, save_view
from review.access import Sent, sending
from review.rendering import go_to, tell

router = APIRouter()


@router.post("/views")
def views(sent: Sent = sending(Role.VIEWER)) -> Response:
    """Keep the list that is open, or remove one that is kept; back to the list."""
    visit, form = sent.visit, sent.form
    plan, back = visit.house.existing_plan(), form.words("address")
    if form.words("do") == "forget":
        number = form.words("number")
        if not number.isdigit():
            raise UsageError("Choose the view that is to be removed.")
        forget_view(plan, visit.name, int(number))
        tell(visit, "The view is removed.")
    else:
        save_view(plan, visit.name, form.words("name"), back)
        tell(visit, "The view is kept.")
    return go_to(back if back.partition("?")[0] in KEPT else "/")
