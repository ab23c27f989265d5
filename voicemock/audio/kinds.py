"""The names of files that may hold sound, for whoever looks through a folder."""

__all__ = ["SUFFIXES"]

_SOUND = """
.3ga .722 .8svx .aa3 .aac .ac3 .ac4 .adts .adx .aea .aif .aifc .aiff .al .amr .ape .apl .aptx .aptxhd .ast .au .avr
.awb .bonk .bwf .c2 .caf .dff .dfpwm .dsf .dss .dts .dtshd .eac3 .ec3 .f4a .fap .flac .g722 .g723_1 .g728 .g729 .gsm
.iamf .ircam .isma .la .latm .lc3 .loas .m2a .m4a .m4b .m4p .m4r .mac .mka .mlp .mmf .mp1 .mp2 .mp3 .mp4a .mpa .mpc
.mpga .mpp .msbc .nist .oga .ogg .oma .omg .opus .osq .pvf .qcp .qoa .ra .rf64 .rka .rso .sbc .sds .sf .shn .sln
.snd .son .spdif .sph .spx .svx .tak .thd .truehd .tta .ul .voc .vqf .vql .w64 .wav .wave .weba .wma .wsd .wv .wve
.xwma
"""

_PICTURE_AND_SOUND = """
.302 .3g2 .3gp .3gpp .amv .asf .avi .dav .divx .dv .dvr-ms .f4v .flv .gxf .ism .ismv .ivr .kux .lrv .lxf .m2p .m2t
.m2ts .m4v .mk3d .mkv .mov .mp4 .mpeg .mpg .mts .mxf .nsv .nut .ogm .ogv .ogx .psp .qt .rm .rmvb .rv .swf .tod .trp
.ts .ty .viv .vob .webm .wmv .wtv .xmv
"""

SUFFIXES = frozenset((_SOUND + _PICTURE_AND_SOUND).split())
"""The names of FFmpeg's readers of sound, in lower case. FFmpeg looks into the file itself; the name only
decides what is looked into."""
