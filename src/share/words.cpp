#include "share/words.hpp"

namespace entente::share {

namespace {

constexpr std::size_t kWidth = 7;

// Every word padded to seven letters.
constexpr std::string_view kWords =
    "abbey  acacia accent acorn  acrobatactor  admiralaerial agate  airshipalbum  alcove alder  alley  "
    "alloy  almond alpine amber  amulet anchor angle  ankle  anthem antiqueantler anvil  apple  apricot"
    "apron  arbour arcade arch   arctic arena  armour arrow  artist ascent aspen  aster  atlas  atom   "
    "attic  aurora autumn avenue axle   azure  badge  bagel  baker  balconyballad bamboo banana bandage"
    "banjo  banner bantam barge  barley barn   barrel basalt basil  basket bassoonbaton  bayou  bazaar "
    "beach  beaker beam   beaver beetle bell   belt   bench  beret  berry  birch  biscuitbison  blanket"
    "blazer blossomboard  bobbin bobcat boiler bonfirebonnet bonsai bookletborder boroughbottle boulder"
    "bouquetbowl   boxwoodbracketbramblebranch brass  bread  breeze brick  bridge bronze brook  brush  "
    "bubble bucket buffalobugle  bulb   bundle bunny  buoy   burrow bustardbutter cabin  cable  cactus "
    "cadet  cake   calico camel  campus canal  candle canoe  canteencanvas canyon cape   captaincaramel"
    "carbon cargo  carpet carrot cart   cascadecastle catkin cavern cedar  ceilingcellar cement chain  "
    "chalk  chamberchannelchariotcheddarcheetahcherry chess  chicorychime  chisel chorus chowdercider  "
    "cinder cinema circle citadelcitrus clarionclay   cliff  climbercloak  clock  cloud  clover coach  "
    "coast  cobalt cobble cockle coconutcoffee collar colony column comet  compassconcertcondor conifer"
    "convoy cookie cooper copper coral  cork   corner cosmos cottagecougar countrycrab   crackercradle "
    "crane  crater crayon cream  creek  cricketcrimsoncrocus croutoncrown  crumpetcrystalcube   cuckoo "
    "cupola curlew curtaincushioncustardcutter cyclonecygnet cymbal cypressdahlia dairy  daisy  damask "
    "damson dance  dawn   decoy  delta  denim  derby  desert desk   dewdropdial   diamonddiary  dimple "
    "dinghy dinner dipper dish   diver  dock   dolphindomino donkey doorwaydormer doubletdove   dragon "
    "drake  dream  dresserdrift  drill  driver drizzledrum   duchessduck   duet   dune   dusk   dynamo "
    "eagle  earringearth  easel  east   echo   eclipseeddy   egret  elbow  elder  embassyember  emerald"
    "enamel encore engine ensign envoy  epoch  ermine estuaryeveningfable  fabric falcon fancy  farmer "
    "fathom fawn   featherfender fennel fern   ferret fiddle field  fiesta filbertfilter finch  finger "
    "fire   fjord  flag   flame  flannelflask  flax   fleece flint  float  flock  floor  flora  flower "
    "flute  foal   foam   folder folio  forest forge  fork   fossil frame  freightfresco frigatefringe "
    "frog   frost  fruit  fuchsiafunnel furnacefurrow gable  gadget galaxy galleongannet garage garden "
    "garlandgarnet gate   gavel  gazebo gecko  geyser giant  gift   ginger glacierglade  glass  glider "
    "glimmerglobe  glove  gnome  gold   gondolagong   goose  gorge  gorse  goslinggrain  granarygrape  "
    "grass  gravel grebe  griffingrotto grove  guava  guitar gull   gutter gypsum haddockhail   halibut"
    "halo   hamlet hammer hamper handle harbourharnessharp   harvesthatbox hatch  haven  hawk   hazel  "
    "heart  heath  hedge  helmet hemlockhemp   herald herb   heron  herringhexagonhickoryhiker  hill   "
    "hinge  hive   hockey hollow honey  hood   hoop   hopper horizonhornet horse  hotel  house  hummock"
    "humour hunter hurdle icebergicicle igloo  iguana impala indigo infant ingot  inkwellinlet  insect "
    "iris   iron   island ivory  jackdawjade   jaguar jasminejavelinjelly  jersey jester jetty  jewel  "
    "jigsaw jockey jonquiljournaljubileejugglerjuice  jumper jungle juniperjury   kayak  keel   keeper "
    "kelp   kennel kernel kestrelkettle keyholekeynotekidney kiln   kilt   kingdomkiosk  kipper kitchen"
    "kite   kitten knot   knucklekoala  lace   lacquerladder lagoon lake   lamb   lamp   landau lantern"
    "lapwinglarch  larder lark   lasso  latch  latticelaurel lava   lawn   leaf   leatherledge  lemon  "
    "lemur  lens   leopardletter lever  librarylichen lighterlilac  lily   lime   limpet linen  linnet "
    "lintel lion   lizard lobsterlocket locust lodge  logbooklorry  lotus  lounge lullabylumber lupin  "
    "lute   lyric  macaw  madder magentamagic  magnet magpie mallardmammothmango  manor  mantle maple  "
    "marble margin marina market marlin marmot maroon marqueemarrow marsh  marten mask   mast   matinee"
    "meadow medal  medley melody merlin mermaidmetal  meteor midday mill   mimosa mineralminnow mint   "
    "mirror mist   mitten moat   monkey monsoonmoon   moor   morningmortar mosaic moss   moth   motor  "
    "mouse  muffin mulch  mural  museum music  mustangmyrtle napkin narwhalnebula nectar needle nephew "
    "nest   nettle newt   nickel night  nimbus nomad  noodle north  nougat novel  nugget nutmeg oarsman"
    "oasis  oatmealobeliskoboe   ocean  ocelot ochre  octave olive  onion  opal   opera  oracle orange "
    "orbit  orchardorgan  oriole osprey ostrichotter  outlet oval   oven   oxbow  oxide  oyster paddle "
    "padlockpagoda paint  palace palettepalm   pansy  pantherpaper  parade parcel parka  parlourparrot "
    "parsleypasta  patio  patternpeach  peanut pear   pebble pelicanpencil pendantpenguinpepper perch  "
    "petal  phoenixpiano  pickle picnic pier   pigeon pillar pilot  pine   pinnacepioneerpitcherplanet "
    "plasterplate  plaza  plough plum   pocket poem   polar  pollen pond   pony   poplar poppy  porch  "
    "porter potato potter powder prairieprism  puddingpuffin pulley pump   puppet purple puzzle pyramid"
    "quarry quay   queen  quest  quill  quince quiver rabbit racket radar  radio  rafter rail   rainbow"
    "raisin rake   ramp   ranger rapids raven  ravine razor  record reed   reef   relay  relic  ribbon "
    "rice   riddle ridge  riggingring   ripple river  road   robin  rocket roof   rook   root   rope   "
    "rose   rotor  rowan  ruby   rudder ruffle runway russet sable  saddle saffronsailor salad  salmon "
    "salt   sandal saplingsardinesatin  saucer savannascallopscarf  school scooterscout  screen scroll "
    "season sedge  seesaw sequoiashadow shark  shell  shield shingleship   shore  shovel shrimp shutter"
    "siding signal silk   silver siren  skate  sketch skiff  skipperskylarkslate  sledge sleeve slipper"
    "sloop  smoke  snail  snow   socket soda   sofa   solar  sonnet sorrel spade  spanielspark  sphere "
    "spider spindlespiral splash sponge spoon  spring spruce spur   square stable stadiumstage  stair  "
    "stamp  stationsteam  steel  stencilsteppe stitch stoat  stone  stool  stork  stove  straw  stream "
    "string studio sugar  summer sundialsunrisesurf   swallowswan   sweaterswift  symbol syrup  table  "
    "talon  tangle tanker tartan tassel teacup teal   teapot temple tennis terracethatch theatrethimble"
    "thistlethorn  thread throne thrush thunderthyme  ticket tiger  timber tinsel toast  toffee tomato "
    "torch  toucan towel  tractortrail  trapezetreacletrellistribunetridenttrolleytrophy trout  trowel "
    "truffletrumpettrunk  tugboattulip  tundra tunic  tunnel turbineturnip turret turtle tweed  twig   "
    "twine  unicornuniformunion  upland valley vanillavapour vase   vault  velvet verandavessel viaduct"
    "victoryvilla  vine   viola  visor  vista  volcanovoyage vulturewafer  wagon  waist  wallet walnut "
    "walrus warblerwater  wattle wave   weatherweaver wedge  weir   whale  wharf  wheat  wheel  whisker"
    "willow window winter wisp   wizard wolf   wombat wonder wood   wool   wreath wren   wrist  yacht  "
    "yarn   yarrow yeast  yellow yeoman yoghurtyonder zebra  zenith zephyr zigzag zinc   zinnia zipper "
    "zither zodiac ";
static_assert(kWords.size() == kWordCount * kWidth);

}  // namespace

std::string_view fingerprint_word(std::size_t index) {
    const std::string_view word = kWords.substr(index * kWidth, kWidth);
    return word.substr(0, word.find(' '));
}

}  // namespace entente::share
