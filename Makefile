# make setup   一次装好所需的一切            everything needed, once
# make demo    真实影像跑通主流程并打开地图  the main job on a real image, then the map (SERVE=0: no map)
# make test    全部测试                      all tests
# make lint    格式、类型、分层检查          style, types, layers
# make bench   关键步骤用时，对照同类与目标  the main steps beside peers and targets, 20 min
#              (WHOLE=1 PARTS=detect,tile WITHOUT=OTB: tools/bench.py)
# make clean   删除安装内容，保留数据        removes what setup made, keeps data

.PHONY: setup demo test lint bench clean

setup:
	@bash tools/setup.sh
	@echo "已就绪。 Ready: .venv/bin/qingfei --help"

demo:
	@bash tools/setup.sh
	@.venv/bin/qingfei demo $(if $(filter 0,$(SERVE)),--no-serve)

test:
	@bash tools/setup.sh --dev
	@.venv/bin/python -m pytest -q -n $(or $(WORKERS),2)

lint:
	@bash tools/setup.sh --dev
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

bench:
	@bash tools/setup.sh --dev
	@.venv/bin/python tools/bench.py $(if $(WHOLE),--whole) \
		$(if $(PARTS),--parts "$(PARTS)") $(if $(WITHOUT),--without "$(WITHOUT)")

clean:
	@rm -rf .venv build web_map/node_modules web_map/static/vendor
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
