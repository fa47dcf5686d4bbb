"""The forms of accommodation. They ask and check what was typed; whether it can be done is the action's business."""
