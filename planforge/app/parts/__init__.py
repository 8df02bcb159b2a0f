"""The steps of builds and batches singly, for those who measure them beside other tools; nothing else uses them.

Each module loads what its name says and no more: what a measured process loads is part of its time.
"""
